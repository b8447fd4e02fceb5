import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { branchesOf, keptOf, removeAnswer, trashOf, worktreesOf } from '../support/removing.ts'
import { put, withTopic } from '../support/topic.ts'

describe('wt remove: a worktree', () => {
  test('goes, with its one entry and its merged branch', async () => {
    const { repo, path } = withTopic()
    repo.addWorktree('other', { from: 'main' })
    const { code, out, err } = await wt(repo, ['remove', 'topic', '--json'])
    expect(code, err).toBe(0)
    expect(removeAnswer(out)).toEqual([
      {
        kind: 'worktree',
        branch: 'topic',
        path,
        branch_outcome: 'deleted',
        branch_checked_out_at: null,
        kept_in: null,
        backup_ref: null,
      },
    ])
    expect(existsSync(path)).toBe(false)
    expect(worktreesOf(repo)).toEqual(['repo.other'])
    expect(branchesOf(repo)).toEqual(['main', 'other'])
    expect(trashOf(repo)).toEqual([])
    expect(err).toContain('same commit as')
    expect(err).toMatch(/git branch topic [0-9a-f]{12}/)
  })

  test('is in the journal', async () => {
    const { repo, path } = withTopic()
    put(join(path, 'notes.txt'))
    await wt(repo, ['remove', 'topic', '-f'])
    const directory = join(repo.dir, '.git', 'wt', 'operations')
    const record = JSON.parse(readFileSync(join(directory, readdirSync(directory)[0] ?? ''), 'utf8')) as object
    expect(record).toMatchObject({
      command: ['wt', 'remove', 'topic', '-f'],
      outcome: { kind: 'done' },
      changes: [{ ref: 'refs/heads/topic' }],
      worktrees: { removed: [path] },
      kept: [keptOf(repo)[0]?.directory],
    })
  })

  test.each([
    ['modified', (path: string) => put(join(path, 'a.txt'), 'other\n'), 'a.txt'],
    ['untracked', (path: string) => put(join(path, 'new', 'n.txt')), 'new/'],
    ['untracked, called like a pathspec', (path: string) => put(join(path, ':x')), ':x'],
    ['renamed', (path: string) => renameSync(join(path, 'a.txt'), join(path, 'b.txt')), 'b.txt'],
  ])('that is dirty (%s) stays, and the entry is named', async (_, change, named) => {
    const { repo, path } = withTopic()
    repo.commit('files', { files: { 'a.txt': 'a\n' }, dir: path })
    repo.git('config', 'status.showUntrackedFiles', 'no')
    change(path)
    const before = readdirSync(path)
    const { code, err } = await wt(repo, ['remove', 'topic'])
    expect(code).toBe(1)
    expect(err).toContain(named)
    expect(err).toContain('--force')
    expect(readdirSync(path)).toEqual(before)
    expect(branchesOf(repo)).toContain('topic')
  })

  test('with an unmerged branch goes, and the branch stays; -D takes both', async () => {
    for (const [flags, outcome] of [
      [[], 'retained_unmerged'],
      [['--force'], 'retained_unmerged'],
      [['-D'], 'deleted'],
      [['--no-delete-branch'], 'not_attempted'],
    ] as const) {
      const { repo, path } = withTopic()
      repo.commit('own', { dir: path })
      const { code, out } = await wt(repo, ['remove', 'topic', '--json', ...flags])
      expect(code).toBe(0)
      expect(removeAnswer(out)).toMatchObject([{ branch_outcome: outcome }])
      expect(existsSync(path)).toBe(false)
      expect(branchesOf(repo).includes('topic')).toBe(outcome !== 'deleted')
    }
  })

  test('keeps its merged branch where that is configured, unless told otherwise; -D then makes no sense', async () => {
    const keep = '--config-set=remove.delete-branch = false'
    const kept = withTopic()
    expect((await wt(kept.repo, ['remove', 'topic', keep])).code).toBe(0)
    expect(branchesOf(kept.repo)).toContain('topic')
    const gone = withTopic()
    const refused = await wt(gone.repo, ['remove', 'topic', '-D', keep])
    expect(refused.code).toBe(1)
    expect(existsSync(gone.path)).toBe(true)
    await wt(gone.repo, ['remove', 'topic', keep, '--delete-branch'])
    expect(branchesOf(gone.repo)).not.toContain('topic')
  })

  test('locked, with or without a reason, there or not: stays whatever flags are given', async () => {
    for (const reason of [[], ['--reason', 'stick']]) {
      const { repo, path } = withTopic()
      repo.git('worktree', 'lock', ...reason, path)
      const { code, err } = await wt(repo, ['remove', 'topic', '-f', '-D'])
      expect(code).toBe(1)
      expect(err).toContain('git worktree unlock')
      rmSync(path, { recursive: true })
      expect((await wt(repo, ['remove', 'topic', '-f', '-D'])).code).toBe(1)
      expect(worktreesOf(repo)).toEqual(['repo.topic'])
    }
  })

  test('the main one stays, and that of the default branch without -D', async () => {
    const { repo, path } = withTopic()
    expect((await wt(repo, ['remove', '-f', '-D'])).code).toBe(1)
    repo.git('config', 'wt.default-branch', 'topic')
    expect((await wt(repo, ['remove', 'topic', '-f'])).code).toBe(1)
    expect(existsSync(path)).toBe(true)
    expect((await wt(repo, ['remove', 'topic', '-D'])).code).toBe(0)
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('at which another repository stands, or a sibling, or a link: nothing is touched', async () => {
    const foreign = withTopic()
    rmSync(foreign.path, { recursive: true })
    foreign.repo.git('init', '-q', foreign.path)
    const sibling = withTopic()
    rmSync(sibling.path, { recursive: true })
    renameSync(sibling.repo.addWorktree('other', { from: 'main' }), sibling.path)
    const link = withTopic()
    renameSync(link.path, `${link.path}-moved`)
    symlinkSync(`${link.path}-moved`, link.path)
    for (const { repo, path } of [foreign, sibling, link]) {
      put(join(path, 'precious'))
      const { code, err } = await wt(repo, ['remove', 'topic', '-f', '-D'])
      expect(code).toBe(1)
      expect(err).toContain(path)
      expect(readFileSync(join(path, 'precious'), 'utf8')).toBe('precious\n')
      expect(branchesOf(repo)).toContain('topic')
    }
  })

  test('that holds another one, ignored or not, stays', async () => {
    const { repo, path } = withTopic()
    put(join(repo.dir, '.git', 'info', 'exclude'), 'inner\n')
    const inner = repo.addWorktree('inner', { from: 'main', path: join(path, 'inner') })
    put(join(inner, 'wip'))
    const { code, err } = await wt(repo, ['remove', 'topic', '-f', '-D'])
    expect(code).toBe(1)
    expect(err).toContain(inner)
    expect(existsSync(join(inner, 'wip'))).toBe(true)
    await wt(repo, ['remove', 'inner', '-f'])
    expect((await wt(repo, ['remove', 'topic'])).code).toBe(0)
  })

  test('that was never committed in goes', async () => {
    const { repo, path } = withTopic()
    repo.git('-C', path, 'symbolic-ref', 'HEAD', 'refs/heads/unborn')
    repo.git('-C', path, 'rm', '-rq', '--cached', '.')
    for (const name of readdirSync(path).filter((each) => each !== '.git')) rmSync(join(path, name))
    const { code, out } = await wt(repo, ['remove', path, '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([{ branch: 'unborn', branch_outcome: 'not_attempted' }])
    expect(branchesOf(repo)).toEqual(['main', 'topic'])
  })
})

describe('wt remove: a branch in two worktrees', () => {
  test('stays, even with -D, and the other place is named; the last live one takes it along', async () => {
    const { repo, path } = withTopic()
    const second = join(repo.base, 'second')
    repo.git('worktree', 'add', '-q', '--force', second, 'topic')
    const { code, out, err } = await wt(repo, ['remove', path, '-D', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([{ branch_outcome: 'not_attempted', branch_checked_out_at: second }])
    expect(err).toContain(second)
    await wt(repo, ['remove', second])
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('a second one whose directory is gone does not count', async () => {
    const { repo, path } = withTopic()
    const second = join(repo.base, 'second')
    repo.git('worktree', 'add', '-q', '--force', second, 'topic')
    rmSync(second, { recursive: true })
    await wt(repo, ['remove', path])
    expect(branchesOf(repo)).toEqual(['main'])
    expect(worktreesOf(repo)).toEqual(['second'])
  })
})
