import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ready } from '../../support/graceful.ts'
import { makeRepo } from '../../support/repo.ts'
import { shell as sh } from '../../support/shell.ts'
import { codeFile, expected, isInstalled, until, type WtOnPath, wtOnPath } from './session.ts'

let onPath: WtOnPath
beforeAll(() => {
  onPath = wtOnPath()
})

const SHELLS = ['sh', 'dash', 'bash', 'zsh', 'busybox'] as const

const wordsOf = (shell: (typeof SHELLS)[number]): readonly string[] =>
  shell === 'busybox' ? ['sh'] : shell === 'zsh' ? ['--emulate', 'sh'] : []

const canRun = (shell: string): boolean => spawnSync(shell, ['-c', ':']).error === undefined

describe.each(SHELLS)('the program, run by %s', (shell) => {
  test.skipIf(!canRun(shell))('prints the line of a directory, without colours', async () => {
    const repo = ready('ahead')
    const dir = repo.addWorktree('feature')
    sh({ dir, env: repo.env }, "mkdir 'a b'")
    const program = codeFile('sh')
    const ask = async (...args: readonly string[]): Promise<string> => {
      const { stdout, stderr, status } = spawnSync(shell, [...wordsOf(shell), program, ...args], {
        cwd: repo.dir,
        env: onPath.env(repo.env),
      })
      expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
      return stdout.toString()
    }
    expect(await ask()).toBe('main …\n')
    for (const [args, place] of [
      [[], repo.dir],
      [['../repo.feature/a b'], dir],
    ] as const) {
      const right = `${await expected('sh', onPath.built, place, repo.env)}\n`
      expect(
        await until(
          () => ask(...args),
          (text) => !text.endsWith('…\n'),
        ),
      ).toBe(right)
    }
    sh(repo, 'git checkout -q -b other')
    expect(await ask()).toBe('other …\n')
    expect(await until(ask, (text) => !text.endsWith('…\n'))).toMatch(/^other {2}/)
    expect(await ask('..')).toBe('')
    expect(await ask('/no/where')).toBe('')
    expect(await ask('.git')).toBe('')
  })
})

test('does not keep who started it waiting for what it has started', () => {
  const repo = ready('ahead')
  const slow = wtOnPath('sleep 5')
  const began = Date.now()
  spawnSync('sh', [codeFile('sh')], { cwd: repo.dir, env: slow.env(repo.env) })
  expect(Date.now() - began).toBeLessThan(3000)
})

test.skipIf(!isInstalled('tmux'))('tmux shows a branch’s name and runs nothing of it', async () => {
  const repo = makeRepo('ahead')
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a shell's
  const name = '#(touch${IFS}pwned)#{pid}%H'
  sh(repo, `git branch -m '${name}'; git config wt.default-branch '${name}'`)
  const program = codeFile('sh')
  chmodSync(program, 0o755)
  const socket = join(repo.base, 's')
  const tmux = (...args: readonly string[]): string =>
    spawnSync('tmux', ['-S', socket, ...args], {
      cwd: repo.dir,
      env: { ...onPath.env(repo.env), TERM: 'xterm' },
    }).stdout.toString()
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', '100', '-y', '5', 'sleep 60')
  tmux('set', '-g', 'status-interval', '1')
  tmux('set', '-g', 'status-right', `#(${program} --tmux '#{pane_current_path}')`)
  tmux('set', '-g', 'status-right-length', '80')
  // The status line is drawn for a client only, so another tmux has to be one.
  tmux('new-session', '-d', '-s', 'outer', '-x', '100', '-y', '8', `TMUX= tmux -S '${socket}' attach -t 0`)
  const seen = await until(
    async () => tmux('capture-pane', '-p', '-t', 'outer'),
    (text) => text.includes('^'),
  )
  tmux('kill-server')
  expect(seen).toContain(`${name}  ^`)
  expect(spawnSync('find', [repo.base, '-name', 'pwned']).stdout.toString()).toBe('')
  expect(existsSync('pwned')).toBe(false)
})
