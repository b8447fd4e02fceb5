import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { commandSpecs } from '../../src/cli/command-specs.ts'
import { commands } from '../../src/commands/index.ts'
import { initScript } from '../../src/shell/init.ts'
import { SHELLS } from '../../src/shell/shells.ts'
import { gitDate } from '../support/environment.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { has, shellRoom } from '../support/shells.ts'
import { copyBuilt, type Ended, runBuilt } from './built.ts'

let wt = ''
let repo: TestRepo
beforeAll(() => {
  wt = copyBuilt()
  repo = makeRepo('basic')
  const refs = Array.from({ length: 300 }, (_, at) => `refs/remotes/origin/team/${at}`)
  const stream = refs.map((ref) => `commit ${ref}\ncommitter A <a@example.com> ${gitDate(0)}\ndata 1\nx\n`).join('')
  expect(repo.tryGit(['fast-import', '--quiet'], stream).code).toBe(0)
  for (let at = 0; at < 5; at++) repo.addWorktree(`tree-${at}`, { from: 'main' })
})

const TRACER = 'strace'

/** How a shell completes the words of a line outside of a prompt. */
const ASK = {
  bash: (...words: readonly string[]) =>
    `LOAD\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _wt_complete; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (...words: readonly string[]) => `LOAD\ncomplete --do-complete '${words.join(' ')}'`,
}

describe.each(['bash', 'fish'] as const)('%s: one completion of a branch', (shell) => {
  test.runIf(has(shell) && has(TRACER))('is one sh, one git and one awk; Node is not started', () => {
    const room = shellRoom()
    const log = join(room.base, 'execs')
    const script = ASK[shell]('wt', 'remove', 'tree').replace('LOAD', `. ${room.init(shell)}`)
    const { stdout } = spawnSync(
      TRACER,
      [
        '-f',
        '-qq',
        '-e',
        'trace=execve',
        '-e',
        'status=successful',
        '-o',
        log,
        shell,
        ...(shell === 'bash' ? ['--norc'] : ['--no-config']),
        '-c',
        script,
      ],
      { cwd: repo.dir, env: { ...repo.env, TMPDIR: join(room.base, 'tmp') } },
    )
    const names = stdout
      .toString()
      .split('\n')
      .map((line) => line.split('\t')[0])
    expect(names.filter(Boolean).sort()).toEqual(Array.from({ length: 5 }, (_, at) => `tree-${at}`))
    const programs = [...readFileSync(log, 'utf8').matchAll(/execve\("(?:[^"]*\/)?([^"/]+)"/g)].map(([, name]) => name)
    expect(programs.slice(1).sort()).toEqual(['awk', 'git', 'sh'])
  })

  test.runIf(has(shell))('is silent outside a repository, and where there is no git', () => {
    const room = shellRoom()
    const { out, err } = room.run(shell, ASK[shell]('wt', 'remove', ''))
    expect({ out: out.trim(), err }).toEqual({ out: '', err: '' })
  })
})

describe('COMPLETE', () => {
  const ask = (shell: string, words: readonly string[], cwd: string = repo.dir): Promise<Ended> =>
    runBuilt(wt, words, { cwd, env: { ...repo.env, COMPLETE: shell } })

  test.each([
    ['bash', 'tree-0'],
    ['zsh', 'tree-0:worktree, '],
    ['fish', 'tree-0\tworktree, '],
    ['nu', 'tree-0\tworktree, '],
    ['powershell', 'tree-0\tworktree, '],
  ])('%s: candidates a line, no messages, exit code 0', async (shell, first) => {
    const { code, stdout, stderr } = await ask(shell, ['--', 'wt', 'remove', 'tree-0'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n')).toHaveLength(2)
    expect(stdout.startsWith(first)).toBe(true)
  })

  test.each([
    ['outside a repository', ['--', 'wt', 'remove', ''], '/'],
    ['-C of nowhere', ['--', 'wt', '-C', '/nowhere', 'remove', ''], undefined],
    ['what no command line could be', ['--', 'wt', 'remove', '--nonsense', '--', '--help'], undefined],
  ])('%s: nothing, no messages, exit code 0', async (_, words, cwd) => {
    const { code, stdout, stderr } = await ask('fish', words, cwd)
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('-C is honoured; an index says which word is the current one', async () => {
    const { stdout } = await ask('bash', ['--', 'wt', '-C', repo.dir, 'remove', 'topic'], '/')
    expect(stdout).toBe('topic\n')
    const env = { ...repo.env, COMPLETE: 'powershell', WT_COMPLETE_INDEX: '2' }
    const empty = await runBuilt(wt, ['--', 'wt', 'list'], { cwd: repo.dir, env })
    expect(empty.stdout).toMatch(/^statusline\t/)
  })

  test('a value that names no shell is none of ours', async () => {
    expect((await ask('1', ['--version'])).stdout).toMatch(/^wt \d/)
  })

  test('no words: the code that registers completion', async () => {
    for (const shell of SHELLS) {
      const { code, stdout, stderr } = await ask(shell, [])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const env = { ...repo.env }
      const same = await runBuilt(wt, ['config', 'shell', 'completions', shell], { cwd: '/', env })
      expect(stdout).toBe(same.stdout)
    }
  })
})

describe('init', () => {
  test.each(SHELLS)(
    '%s: the built program says what the sources say, without git and outside a repository',
    async (shell) => {
      const env = { PATH: '/nowhere' }
      const { code, stdout, stderr } = await runBuilt(wt, ['config', 'shell', 'init', shell], { cwd: '/', env })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toBe(initScript(shell, 'wt', await commandSpecs(commands)))
    },
  )

  test.runIf(has(TRACER))('starts nothing at all', () => {
    const log = join(shellRoom().base, 'execs')
    const words = ['-f', '-qq', '-e', 'trace=execve', '-e', 'status=successful', '-o', log, process.execPath, wt]
    spawnSync(TRACER, [...words, 'config', 'shell', 'init', 'bash'], { cwd: repo.dir, env: repo.env })
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1)
  })
})
