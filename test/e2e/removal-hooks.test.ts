import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { marked, markOf, pause, until, userConfig } from '../support/hooks.ts'
import { withWorktrees, worktreesOf } from '../support/removing.ts'
import type { TestRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt, startBuilt } from './built.ts'
import { loggingGit } from './git-shim.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, args: readonly string[], cwd: string = repo.dir, env = repo.env) =>
  runBuilt(wt, args, { cwd, env })

const linesOf = (repo: TestRepo, name: string): readonly string[] =>
  (markOf(repo, name) ?? '').split('\n').filter((line) => line !== '')

describe('post-remove', () => {
  test('is about the worktree that is gone, and runs where there is one', async () => {
    const repo = withWorktrees('a')
    const commit = repo.oid('a')
    const text = '{{ branch }} {{ commit }} {{ worktree_path }} {{ target }} {{ cwd }}'
    userConfig(repo, `post-remove = "echo ${text} $PWD >> ${marked(repo, 'ran')}"\n`)
    const { code, stderr } = await run(repo, ['remove', 'a'])
    expect(code, stderr).toBe(0)
    expect(stderr.indexOf('removed worktree')).toBeLessThan(stderr.indexOf('running post-remove in the background'))
    await until(() => linesOf(repo, 'ran').length > 0)
    expect(linesOf(repo, 'ran')).toEqual([`a ${commit} ${repo.dir}.a main ${repo.dir} ${repo.dir}`])
  })

  test('knows the commit that pre-remove made', async () => {
    const repo = withWorktrees('a')
    const pre = 'echo x > x && git add x && git commit -q -m x'
    userConfig(repo, `pre-remove = "${pre}"\npost-remove = "echo {{ commit }} > ${marked(repo, 'ran')}"\n`)
    expect((await run(repo, ['remove', 'a'])).code).toBe(0)
    await until(() => linesOf(repo, 'ran').length > 0)
    expect(linesOf(repo, 'ran')).toEqual([repo.oid('a')])
  })

  test('of a worktree that stays does not run', async () => {
    const repo = withWorktrees('a', 'b')
    const post = `echo {{ branch }} >> ${marked(repo, 'ran')}`
    userConfig(repo, `pre-remove = "test {{ branch }} != a"\npost-remove = "${post}"\n`)
    expect((await run(repo, ['remove', 'a', 'b'])).code).toBe(1)
    await until(() => linesOf(repo, 'ran').length > 0)
    await pause(200)
    expect(linesOf(repo, 'ran')).toEqual(['b'])
  })
})

describe('post-switch', () => {
  const POST = (repo: TestRepo): string =>
    `post-switch = "echo {{ branch }} {{ worktree_path }} {{ base }} $PWD >> ${marked(repo, 'ran')}"\n`

  test('runs once, where the shell lands, when its worktree was removed', async () => {
    const repo = withWorktrees('a', 'b')
    userConfig(repo, POST(repo))
    expect((await run(repo, ['remove', 'a', 'b'], `${repo.dir}.b`)).code).toBe(0)
    await until(() => linesOf(repo, 'ran').length > 0)
    await pause(200)
    expect(linesOf(repo, 'ran')).toEqual([`main ${repo.dir} b ${repo.dir}`])
  })

  test('does not where it stays', async () => {
    const repo = withWorktrees('a')
    userConfig(repo, `${POST(repo)}post-remove = "touch ${marked(repo, 'post')}"\n`)
    const { stderr } = await run(repo, ['remove', 'a'])
    expect(stderr).not.toContain('post-switch')
    await until(() => markOf(repo, 'post') !== undefined)
    expect(linesOf(repo, 'ran')).toEqual([])
  })
})

test.each([
  ['remove', 'a', 'b', 'c'],
  ['prune', '--min-age=0s', '--foreground'],
])(
  'Ctrl-C in a hook of wt %s: what is done stays done and is told, nothing more is begun, and it dies of it',
  async (...args) => {
    const repo = withWorktrees('a', 'b', 'c')
    const hang = `if [ {{ branch }} = b ]; then touch ${marked(repo, 'in')}; sleep 60; fi`
    userConfig(repo, `pre-remove = "${hang}"\npost-remove = "touch ${marked(repo, 'post')}"\n`)
    const child = spawn(process.execPath, [wt, ...args], {
      ...{ cwd: repo.dir, env: repo.env, detached: true },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const told: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => told.push(chunk))
    const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
    await until(() => existsSync(marked(repo, 'in')))
    await pause(200)
    process.kill(-(child.pid as number), 'SIGINT')
    expect(await ended).toBe('SIGINT')
    expect(Buffer.concat(told).toString()).toContain(`removed worktree ${repo.dir}.a`)
    expect(worktreesOf(repo)).toEqual(['repo.b', 'repo.c'])
    expect(markOf(repo, 'post')).toBe(undefined)
  },
)

test('hooks of a prune in the background read nothing; with --foreground they have stdin', async () => {
  for (const foreground of [false, true]) {
    const repo = withWorktrees('a')
    userConfig(repo, `pre-remove = "cat > ${marked(repo, 'read')}"\n`)
    const child = spawn(process.execPath, [wt, 'prune', '--min-age=0s', ...(foreground ? ['--foreground'] : [])], {
      ...{ cwd: repo.dir, env: repo.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end('answer\n')
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    expect(markOf(repo, 'read')).toBe(foreground ? 'answer\n' : '')
  }
})

describe('git processes of wt prune', () => {
  const commands = async (count: number, toml = ''): Promise<readonly string[]> => {
    const repo = withWorktrees(...Array.from({ length: count }, (_, at) => `w${at}`))
    for (let at = 0; at < count; at++) repo.git('branch', `lone${at}`)
    userConfig(repo, toml)
    const shim = loggingGit(repo.env)
    await pause(120)
    await runBuilt(wt, ['list'], { cwd: repo.dir, env: shim.env })
    shim.take()
    const { child, ended } = startBuilt(wt, ['prune', '--min-age=0s'], { cwd: repo.dir, env: shim.env })
    expect(child.pid).toBeTypeOf('number')
    const { code, stderr } = await ended
    expect(code, stderr).toBe(0)
    return shim.take().filter((line) => !/\bstatus\b/.test(line))
  }

  test('as many for twelve candidates as for four, apart from one status for each worktree', async () => {
    const [few, many] = [await commands(2), await commands(6)]
    expect(many).toHaveLength(few.length)
    expect(many.length).toBeLessThanOrEqual(8)
  })

  test('as many with hooks, and one look more', async () => {
    const [without, withHooks] = [await commands(3), await commands(3, 'pre-remove = "true"\n')]
    expect(withHooks).toHaveLength(without.length + 1)
  })
})
