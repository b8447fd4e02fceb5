import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { marked, markOf, pause, projectConfig, until, userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, go, history, worktreesOf } from '../support/switching.ts'
import { copyBuilt, type Ended, runBuilt, startGroup } from './built.ts'
import { loggingGit } from './git-shim.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, words: readonly string[], cwd: string = repo.dir): Promise<Ended> =>
  runBuilt(wt, words, { cwd, env: repo.env })

const beside = (repo: TestRepo, branch: string): string => `${repo.dir}.${branch}`

/** Hooks of the user's, each leaving a line of what it is told in a file. */
const noting = (repo: TestRepo, kinds: readonly string[]): void =>
  userConfig(
    repo,
    kinds
      .map(
        (kind) =>
          `${kind} = "echo {{ hook_type }} $PWD {{ branch }} {{ worktree_path }} {{ base | default('-') }} {{ target_worktree_path | default('-') }} {{ commit | default('-') }} >> ${marked(repo, kind)}"\n`,
      )
      .join(''),
  )

const ALL = ['pre-switch', 'pre-start', 'post-start', 'post-switch']

describe('what runs', () => {
  test('a new worktree: each hook once, where it belongs, and told where it is', async () => {
    const repo = makeRepo('basic')
    noting(repo, ALL)
    const { code, stderr } = await run(repo, ['switch', '--create', 'x'])
    expect(code, stderr).toBe(0)
    await until(() => markOf(repo, 'post-start') !== undefined && markOf(repo, 'post-switch') !== undefined)
    const tip = repo.git('rev-parse', 'main')
    const path = beside(repo, 'x')
    expect(markOf(repo, 'pre-switch')).toBe(`pre-switch ${repo.dir} x ${repo.dir} main - -\n`)
    for (const kind of ['pre-start', 'post-start', 'post-switch'])
      expect(markOf(repo, kind)).toBe(`${kind} ${path} x ${path} main ${path} ${tip}\n`)
  })

  test('a worktree that is there: no start hooks; the one that is stood in counts as a switch', async () => {
    const repo = makeRepo('basic')
    await run(repo, ['switch', '--create', 'x'])
    noting(repo, ALL)
    const path = beside(repo, 'x')
    expect((await run(repo, ['switch', 'x'])).code).toBe(0)
    await until(() => markOf(repo, 'post-switch') !== undefined)
    const tip = repo.git('rev-parse', 'main')
    expect(markOf(repo, 'pre-switch')).toBe(`pre-switch ${repo.dir} x ${path} main ${path} ${tip}\n`)
    expect(markOf(repo, 'post-switch')).toBe(`post-switch ${path} x ${path} main ${path} ${tip}\n`)
    expect([markOf(repo, 'pre-start'), markOf(repo, 'post-start')]).toEqual([undefined, undefined])
    const before = history(repo)
    expect((await run(repo, ['switch', 'x'], path)).stderr).toContain('already at')
    expect(markOf(repo, 'pre-switch')?.split('\n')).toHaveLength(3)
    expect(history(repo)).toEqual(before)
  })

  test('without hooks nothing runs, and a project file that can’t be read stops nothing', async () => {
    const repo = makeRepo('basic')
    noting(repo, ALL)
    projectConfig(repo, 'pre-start = [[[')
    expect((await run(repo, ['switch', '--create', 'x'])).code).toBe(1)
    expect((await run(repo, ['switch', '--create', 'x', '--no-hooks'])).code).toBe(0)
    expect((await run(repo, ['switch', '--create', 'y', '--no-verify'])).stderr).toContain('--no-hooks')
    expect((await run(repo, ['switch', '--create', 'z', '--dry-run', '--no-hooks'])).code).toBe(0)
    await pause(300)
    expect(ALL.map((kind) => markOf(repo, kind))).toEqual(ALL.map(() => undefined))
  })

  test('no process more where no hook is configured; none of a plan runs in a dry run', async () => {
    const repo = makeRepo('basic')
    const shim = loggingGit(repo.env)
    await runBuilt(wt, ['switch', '-c', 'x', '--no-hooks'], { cwd: repo.dir, env: shim.env })
    const gits = async (...words: readonly string[]): Promise<number> => {
      await pause(150)
      shim.take()
      expect((await runBuilt(wt, ['switch', ...words], { cwd: repo.dir, env: shim.env })).code).toBe(0)
      return shim.take().length
    }
    for (let at = 0; at < 2; at++) await gits('main')
    const without = await gits('x', '--no-hooks')
    expect(await gits('x')).toBe(without)
    noting(repo, ALL)
    expect(await gits('new', '--create', '--dry-run')).toBe(without)
    expect(markOf(repo, 'pre-switch')).toBeUndefined()
  })
})

describe('pre-switch', () => {
  test('may make the branch that was asked for', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, 'pre-switch = "git branch {{ target }}"')
    expect((await run(repo, ['switch', 'fresh'])).code).toBe(0)
    expect(worktreesOf(repo)['repo.fresh']).toBe('fresh')
  })

  test('runs for a branch that is not there, and its failure is the answer', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, `pre-switch = "touch ${marked(repo, 'ran')}; exit 9"`)
    const { code, stderr } = await run(repo, ['switch', '--create', 'x'])
    expect(code).toBe(9)
    expect(stderr).toContain('pre-switch user failed (exit code 9)')
    expect([markOf(repo, 'ran'), branchesOf(repo).includes('x')]).toEqual(['', false])
    userConfig(repo, `pre-switch = "touch ${marked(repo, 'again')}"`)
    const missing = await run(repo, ['switch', 'nosuch'])
    expect([missing.code, markOf(repo, 'again')]).toEqual([1, ''])
  })
})

describe('pre-start', () => {
  test('fails: its code is the answer, the worktree stays, the shell does not go, nothing follows', async () => {
    const repo = makeRepo('basic')
    userConfig(
      repo,
      `pre-start = "exit 4"\npost-start = "touch ${marked(repo, 'post')}"\npost-switch = "touch ${marked(repo, 'post')}"`,
    )
    const before = history(repo)
    const { code, err, cd } = await go(repo, ['-c', 'x', '-x', 'touch', '--', marked(repo, 'program')])
    expect(code).toBe(4)
    expect(err).toContain(`created branch x from main, with a worktree at ${beside(repo, 'x')}; it stays`)
    expect(err).toContain('pre-start user failed (exit code 4)')
    expect(worktreesOf(repo)['repo.x']).toBe('x')
    expect([cd, history(repo)]).toEqual(['', before])
    await pause(300)
    expect([markOf(repo, 'post'), markOf(repo, 'program')]).toEqual([undefined, undefined])
  })

  test('interrupted: wt dies of it, says what there is, and the next switch goes there', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, `pre-start = "touch ${marked(repo, 'in')}; sleep 20"`)
    const { child, ended } = startGroup(wt, ['switch', '-c', 'x'], { cwd: repo.dir, env: repo.env })
    await until(() => markOf(repo, 'in') !== undefined)
    await pause(200)
    process.kill(-(child.pid as number), 'SIGINT')
    const { signal, stderr } = await ended
    expect(signal).toBe('SIGINT')
    expect(stderr).toContain('it stays')
    expect((await run(repo, ['switch', 'x'])).code).toBe(0)
  })

  test('a name that no hook knows is found before anything is made', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, 'post-start = "echo {{ brnch }}"')
    const { code, stderr } = await run(repo, ['switch', '-c', 'x'])
    expect(code).toBe(1)
    expect(stderr).toContain('brnch')
    expect(branchesOf(repo)).not.toContain('x')
  })
})
