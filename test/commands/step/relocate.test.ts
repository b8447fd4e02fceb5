import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../../support/cli.ts'
import { ready } from '../../support/graceful.ts'
import { makeRepo, type TestRepo } from '../../support/repo.ts'
import { answerChecker } from '../../support/schema.ts'

const check = answerChecker('step-relocate')

const relocate = (repo: TestRepo, words: readonly string[] = [], options = {}) =>
  wt(repo, ['step', 'relocate', ...words], options)

/** Where each branch is checked out, from the repository's parent directory. */
const placesIn = (repo: TestRepo): Readonly<Record<string, string>> =>
  Object.fromEntries(
    repo
      .git('worktree', 'list', '--porcelain')
      .split('\n\n')
      .map((block) => [
        /^branch refs\/heads\/(.*)$/m.exec(block)?.[1] ?? '(detached)',
        /^worktree (.*)$/m.exec(block)?.[1]?.slice(repo.base.length + 1) ?? '',
      ]),
  )

/** `a` and `b` in each other's place, `c` somewhere else. */
const swapped = (): TestRepo => {
  const repo = makeRepo('basic')
  repo.addWorktree('a', { path: `${repo.dir}.b`, from: 'main' })
  repo.addWorktree('b', { path: `${repo.dir}.a`, from: 'main' })
  repo.addWorktree('c', { path: join(repo.base, 'odd/c'), from: 'main' })
  writeFileSync(join(`${repo.dir}.b`, 'README.md'), 'uncommitted\n')
  return repo
}

describe('wt step relocate', () => {
  test('moves, swaps, takes uncommitted changes along, and is done then', async () => {
    const repo = swapped()
    const { code, out, err } = await relocate(repo, ['--json'])
    expect(code, err).toBe(0)
    expect(check(out)).toMatchObject({ dry_run: false, skipped: [] })
    expect(placesIn(repo)).toEqual({ main: 'repo', topic: undefined, a: 'repo.a', b: 'repo.b', c: 'repo.c' })
    expect(readFileSync(join(`${repo.dir}.a`, 'README.md'), 'utf8')).toBe('uncommitted\n')
    expect(existsSync(join(repo.dir, '.git/wt/staging/relocate'))).toBe(false)
    expect(check((await relocate(repo, ['--json'])).out)).toEqual({ dry_run: false, entries: [], skipped: [] })
    const [name = ''] = readdirSync(join(repo.dir, '.git/wt/operations'))
    expect(JSON.parse(readFileSync(join(repo.dir, '.git/wt/operations', name), 'utf8'))).toMatchObject({
      command: ['wt', 'step', 'relocate', '--json'],
    })
  })

  test('--dry-run says where to, and moves nothing', async () => {
    const repo = swapped()
    const before = placesIn(repo)
    const { out } = await relocate(repo, ['--dry-run', 'c'])
    expect(out).toBe(`c\t${repo.base}/odd/c\t${repo.dir}.c\n`)
    expect(check((await relocate(repo, ['--dry-run', '--json'])).out)).toMatchObject({ dry_run: true, skipped: [] })
    expect(placesIn(repo)).toEqual(before)
  })

  test('only what is named; a wrong name moves nothing', async () => {
    const repo = swapped()
    repo.addWorktree('det', { from: 'main', detach: true })
    for (const name of ['nosuch', `${repo.dir}.det`, 'topic']) {
      expect((await relocate(repo, ['c', name])).code, name).toBe(1)
      expect(placesIn(repo)['c']).toBe('odd/c')
    }
    expect((await relocate(repo, ['c', 'c'])).code).toBe(0)
    expect(placesIn(repo)).toMatchObject({ a: 'repo.b', b: 'repo.a', c: 'repo.c' })
  })

  test('half of a swap alone stays, as does one that is locked or has no path', async () => {
    const repo = swapped()
    repo.git('worktree', 'lock', join(repo.base, 'odd/c'))
    const config = join(repo.base, 'config.toml')
    writeFileSync(config, 'worktree-path = "../repo.{{ branch }}"\n')
    expect(check((await relocate(repo, ['a', 'c', '--json'])).out)).toMatchObject({
      entries: [],
      skipped: [
        { branch: 'a', reason: 'target_is_worktree' },
        { branch: 'c', reason: 'locked' },
      ],
    })
    writeFileSync(config, 'worktree-path = "{{ nope }}"\n')
    const { code, out, err } = await relocate(repo, ['a', '--config', config, '--json'])
    expect(code).toBe(0)
    expect(err).toContain('nope')
    expect(check(out)).toMatchObject({ skipped: [{ branch: 'a', reason: 'template_error' }] })
  })

  test('--clobber sets aside what is in the way, a link that leads nowhere included, and loses nothing', async () => {
    const repo = makeRepo('basic')
    repo.addWorktree('a', { path: join(repo.base, 'odd'), from: 'main' })
    symlinkSync('nowhere', `${repo.dir}.a`)
    const backups = () => readdirSync(repo.base).filter((name) => name.startsWith('repo.a.bak.'))
    expect(check((await relocate(repo, ['--json'])).out)).toMatchObject({ skipped: [{ reason: 'target_blocked' }] })
    expect((await relocate(repo, ['--clobber'])).code).toBe(0)
    expect(placesIn(repo)['a']).toBe('repo.a')
    expect(backups()).toEqual([expect.stringMatching(/^repo\.a\.bak\.\d{8}-\d{6}$/)])
  })

  test('--commit commits first, and leaves one with unmerged paths alone', async () => {
    const repo = makeRepo('conflicting')
    const dir = repo.addWorktree('feature', { path: join(repo.base, 'odd') })
    repo.tryGit(['-C', dir, 'merge', '-q', 'main'])
    expect(check((await relocate(repo, ['--commit', '--json'])).out)).toMatchObject({
      skipped: [{ reason: 'unmerged' }],
    })
    repo.git('-C', dir, 'merge', '--abort')
    writeFileSync(join(dir, 'new'), 'new\n')
    expect((await relocate(repo, ['--commit'])).code).toBe(0)
    expect(repo.git('-C', `${repo.dir}.feature`, 'status', '--porcelain')).toBe('')
    expect(repo.git('show', 'feature:new')).toBe('new')
  })

  test('the main worktree goes back to the default branch, and its branch gets a worktree', async () => {
    const repo = ready('basic')
    repo.git('switch', '-q', '-c', 'feature')
    writeFileSync(join(repo.dir, 'README.md'), 'changed\n')
    expect(check((await relocate(repo, ['--json'])).out)).toMatchObject({
      entries: [],
      skipped: [{ branch: 'feature', reason: 'uncommitted' }],
    })
    repo.git('checkout', '-q', '--', '.')
    const other = repo.addWorktree('other', { path: `${repo.dir}.other`, from: 'main' })
    repo.git('-C', other, 'switch', '-q', 'main')
    expect(check((await relocate(repo, ['feature', '--json'])).out)).toMatchObject({
      skipped: [{ branch: 'feature', reason: 'default_branch_in_use' }],
    })
    repo.git('-C', other, 'switch', '-q', 'other')
    expect((await relocate(repo)).code).toBe(0)
    expect(placesIn(repo)).toMatchObject({ main: 'repo', feature: 'repo.feature', other: 'repo.other' })
  })
})

describe('the shell', () => {
  const goneTo = async (repo: TestRepo, cwd: string): Promise<string> => {
    const file = join(repo.base, 'cd')
    writeFileSync(file, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: file }
    const { code, err } = await wt({ dir: repo.dir, env }, ['step', 'relocate'], { cwd })
    expect(code, err).toBe(0)
    return readFileSync(file, 'utf8').trimEnd()
  }

  test('follows the worktree that it stands in, into the same directory, through a swap too', async () => {
    const repo = swapped()
    const inside = join(`${repo.dir}.b`, 'deep/er')
    mkdirSync(inside, { recursive: true })
    expect(await goneTo(repo, inside)).toBe(join(`${repo.dir}.a`, 'deep/er'))
    expect(await goneTo(repo, repo.dir)).toBe('')
  })

  test('in a worktree inside the main one stays there', async () => {
    const repo = ready('basic')
    repo.write('.git/info/exclude', 'inner\n')
    repo.git('switch', '-q', '-c', 'feature')
    const inner = repo.addWorktree('inner', { path: join(repo.dir, 'inner'), from: 'main' })
    repo.git('worktree', 'lock', inner)
    expect(await goneTo(repo, inner)).toBe('')
    repo.git('switch', '-q', '-c', 'again')
    expect(await goneTo(repo, repo.dir)).toBe(`${repo.dir}.again`)
  })
})
