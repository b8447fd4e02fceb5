import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { marked, markOf, projectConfig, until, userConfig } from '../support/hooks.ts'
import { type LandRepo, withFeature } from '../support/landing.ts'
import type { ScenarioName } from '../support/scenarios.ts'
import { copyBuilt, type Ended, runBuilt, startGroup } from './built.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const withHooks = (
  toml: (mark: (name: string) => string, repo: LandRepo) => string,
  scenario?: ScenarioName,
): LandRepo => {
  const repo = withFeature(scenario)
  userConfig(
    repo,
    toml((name) => marked(repo, name), repo),
  )
  return repo
}

const run = (repo: LandRepo, words: readonly string[]): Promise<Ended> =>
  runBuilt(wt, words, { cwd: repo.feature, env: repo.env })

const written = async (repo: LandRepo, name: string): Promise<string> => {
  await until(() => markOf(repo, name)?.endsWith('\n') === true)
  return (markOf(repo, name) ?? '').trimEnd()
}

describe('a merge', () => {
  test('runs its hooks where they belong, and tells them what they are about', async () => {
    const line = '{{ hook_type }} {{ branch }} {{ worktree_path }} {{ target }} {{ target_worktree_path }} {{ commit }}'
    const repo = withHooks((mark) =>
      ['pre-merge', 'pre-remove', 'post-remove', 'post-merge', 'post-switch']
        .map((kind) => `${kind} = "echo $PWD ${line} > ${mark(kind)}"\n`)
        .join(''),
    )
    const { code, stderr } = await run(repo, ['merge', '--no-squash'])
    expect(code, stderr).toBe(0)
    const [tip, main] = [repo.oid('main'), `main ${repo.dir}`]
    const told = `feature ${repo.feature} ${main} ${tip}`
    expect(await written(repo, 'pre-merge')).toBe(`${repo.feature} pre-merge ${told}`)
    expect(await written(repo, 'pre-remove')).toBe(`${repo.feature} pre-remove ${told}`)
    expect(await written(repo, 'post-remove')).toBe(`${repo.dir} post-remove ${told}`)
    expect(await written(repo, 'post-merge')).toBe(`${repo.dir} post-merge ${told}`)
    expect(await written(repo, 'post-switch')).toBe(`${repo.dir} post-switch ${main} ${main} ${tip}`)
  })

  test('of another worktree moves no shell: no post-switch', async () => {
    const repo = withHooks(
      (mark) => `post-switch = "touch ${mark('moved')}"\npost-merge = "echo x > ${mark('merged')}"\n`,
    )
    const { code, stderr } = await runBuilt(wt, ['merge', '--branch', 'feature'], { cwd: repo.dir, env: repo.env })
    expect(code, stderr).toBe(0)
    await written(repo, 'merged')
    expect(stderr).not.toMatch(/post-switch|change directory/)
    expect(markOf(repo, 'moved')).toBeUndefined()
  })

  test('post-commit of a worktree that went is told, and run nowhere', async () => {
    const repo = withHooks(
      (mark) => `post-commit = "touch ${mark('late')}"\npost-merge = "echo x > ${mark('merged')}"\n`,
    )
    const { code, stderr } = await run(repo, ['merge'])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain(`post-commit is not run: its directory is gone: ${repo.feature}`)
    await written(repo, 'merged')
    expect(markOf(repo, 'late')).toBeUndefined()
  })

  test('that a hook stops: exit code, nothing has landed; the commit was made, and its hook runs', async () => {
    const repo = withHooks((mark) => `pre-merge = "exit 7"\npost-commit = "echo $PWD > ${mark('committed')}"\n`)
    const main = repo.oid('main')
    const { code, stderr } = await run(repo, ['merge'])
    expect({ code, main: repo.oid('main') }).toEqual({ code: 7, main })
    expect(stderr).toContain('--no-hooks')
    expect(await written(repo, 'committed')).toBe(repo.feature)
  })

  test('keeps what git ignores, as every removal does', async () => {
    const repo = withFeature()
    writeFileSync(join(repo.feature, '.gitignore'), 'secret\n')
    writeFileSync(join(repo.feature, 'secret'), 'only here')
    const { code, stderr } = await run(repo, ['merge'])
    expect(code, stderr).toBe(0)
    const [, place = ''] = /kept for 30 days: 1 ignored .*, in (.*)/.exec(stderr) ?? []
    await until(
      () => existsSync(place) && readdirSync(place, { recursive: true }).some((each) => /secret$/.test(String(each))),
    )
    expect(existsSync(join(repo.feature, 'feature.txt'))).toBe(false)
  })

  test('takes the shell to the target’s worktree', async () => {
    const repo = withFeature()
    repo.git('switch', '-q', '-c', 'elsewhere')
    const target = repo.addWorktree('main')
    mkdirSync(join(repo.feature, 'sub'))
    const file = join(repo.base, 'cd')
    writeFileSync(file, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: file }
    const { code, stderr } = await runBuilt(wt, ['merge'], { cwd: join(repo.feature, 'sub'), env })
    expect(code, stderr).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(`${target}\n`)
  })
})

describe('steps', () => {
  test('a failing pre-commit: its exit code, nothing is committed', async () => {
    const repo = withHooks(() => 'pre-commit = "exit 9"\n')
    writeFileSync(join(repo.feature, 'wip'), 'w')
    const tip = repo.oid('feature')
    expect((await run(repo, ['step', 'commit'])).code).toBe(9)
    expect((await run(repo, ['step', 'squash'])).code).toBe(9)
    expect(repo.oid('feature')).toBe(tip)
    const { code, stderr } = await run(repo, ['step', 'commit', '--no-hooks'])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('pre-commit hooks are skipped')
  })

  test.each([
    [['--no-hooks', '--verify'], 9],
    [['--verify', '--no-hooks'], 0],
    [['--no-verify', '--hooks'], 9],
    [['--hooks', '--no-verify'], 0],
  ])('of the flags %s the last counts', async (words, expected) => {
    const repo = withHooks(() => 'pre-commit = "exit 9"\n')
    writeFileSync(join(repo.feature, 'wip'), 'w')
    const { code, stderr } = await run(repo, ['step', 'commit', ...words])
    expect(code, stderr).toBe(expected)
    expect(stderr.includes('--no-verify is now called --no-hooks')).toBe(words.at(-1) === '--no-verify')
    expect((await run(repo, ['merge', '--no-remove', ...words])).code).toBe(expected)
  })

  test('what a formatter does is in the squash, and post-commit knows the target', async () => {
    const repo = withHooks(
      (mark) =>
        `pre-commit = "echo formatted > feature.txt"\npost-commit = "echo $PWD {{ target }} {{ commit }} > ${mark('done')}"\n`,
    )
    const { code, stderr } = await run(repo, ['step', 'squash'])
    expect(code, stderr).toBe(0)
    expect(repo.at('show', 'HEAD:feature.txt')).toBe('formatted')
    expect(repo.at('status', '--porcelain')).toBe('')
    expect(await written(repo, 'done')).toBe(`${repo.feature} main ${repo.oid('feature')}`)
  })

  test('a command of the project that nobody approved of: refused before anything, run with --yes', async () => {
    const repo = withFeature()
    projectConfig(repo, `pre-merge = "touch ${marked(repo, 'ran')}"\n`, repo.feature)
    repo.at('add', '.')
    repo.at('commit', '-qm', 'configured')
    const [tip, main] = [repo.oid('feature'), repo.oid('main')]
    const { code, stderr } = await run(repo, ['merge'])
    expect({ code, tip: repo.oid('feature'), main: repo.oid('main') }).toEqual({ code: 1, tip, main })
    expect(stderr).toMatch(/wt config approvals add[\s\S]*--yes/)
    expect((await run(repo, ['merge', '--yes'])).code).toBe(0)
    expect(markOf(repo, 'ran')).toBe('')
  })
})

describe('Ctrl-C', () => {
  test('in a rebase: wt dies of it, and says how to go back', async () => {
    const repo = withFeature('diverged')
    repo.hook('post-commit', `echo x > '${marked(repo, 'in')}'; exec sleep 30`)
    const { child, ended } = startGroup(wt, ['step', 'rebase'], { cwd: repo.feature, env: repo.env })
    await written(repo, 'in')
    process.kill(-(child.pid as number), 'SIGINT')
    const { signal, stderr } = await ended
    expect(signal).toBe('SIGINT')
    expect(stderr).toContain('git rebase --abort')
    repo.at('rebase', '--abort')
    expect(repo.at('symbolic-ref', '--short', 'HEAD')).toBe('feature')
  })
})
