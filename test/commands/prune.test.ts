import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { merged, onlyMain, prune, pruneAnswer, unmerged } from '../support/pruning.ts'
import { branchesOf, worktreesOf } from '../support/removing.ts'

describe('what goes', () => {
  test('worktrees, branches and entries whose work is in main; a word for each, and how many', async () => {
    const repo = onlyMain()
    merged(repo, 'one')
    merged(repo, 'two')
    repo.git('branch', 'lone')
    rmSync(merged(repo, 'gone'), { recursive: true })
    repo.addWorktree('head', { from: 'main', detach: true })
    const { code, out, err } = await prune(repo, ['--json'])
    expect(code, err).toBe(0)
    const found = pruneAnswer(out).map(({ branch, kind, branch_outcome }) => [branch, kind, branch_outcome])
    expect(new Set(found)).toEqual(
      new Set([
        ['one', 'worktree', 'deleted'],
        ['two', 'worktree', 'deleted'],
        [null, 'worktree', 'not_attempted'],
        ['lone', 'branch_only', 'deleted'],
        ['gone', 'stale_worktree', 'deleted'],
      ]),
    )
    expect(err).toContain('pruned 2 worktrees with their branches, 1 worktree, 2 branches')
    expect(branchesOf(repo)).toEqual(['main'])
    expect(worktreesOf(repo)).toEqual([])
  })

  test('the entry of a detached worktree without its .git; its files stay, and nothing says that they went', async () => {
    const repo = onlyMain()
    const head = repo.addWorktree('head', { from: 'main', detach: true })
    rmSync(join(head, '.git'))
    const { code, out, err } = await prune(repo, ['--json'])
    expect(code, err).toBe(0)
    expect(pruneAnswer(out).map(({ kind }) => kind)).toEqual(['stale_worktree'])
    expect(err).toContain(`cleared the registration that was left of ${head}`)
    expect(err).toContain('pruned 1 entry')
    expect(err).not.toContain('removed worktree')
    expect(existsSync(head)).toBe(true)
    expect(repo.git('worktree', 'list')).not.toContain(head)
  })

  test('the worktree at hand, last of all; the shell goes to the main one', async () => {
    const repo = onlyMain()
    const here = merged(repo, 'a')
    merged(repo, 'z')
    const cd = join(repo.base, 'cd')
    writeFileSync(cd, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: cd }
    const { code, out, err } = await prune({ dir: here, env }, ['--json'], { cwd: here })
    expect(code, err).toBe(0)
    expect(pruneAnswer(out).map(({ branch, kind }) => [branch, kind])).toEqual([
      ['z', 'worktree'],
      ['a', 'current'],
    ])
    expect(readFileSync(cd, 'utf8').trim()).toBe(repo.dir)
  })

  test('wt step prune is the same command', async () => {
    const repo = onlyMain()
    merged(repo, 'done')
    expect((await wt(repo, ['step', 'prune', '--min-age=0s'])).code).toBe(0)
    expect(branchesOf(repo)).toEqual(['main'])
  })
})

describe('what stays', () => {
  test('without a word: not merged, changed, locked, in the middle of something, the default branch', async () => {
    const repo = onlyMain()
    unmerged(repo, 'work')
    writeFileSync(join(merged(repo, 'dirty'), 'new.txt'), 'mine\n')
    repo.git('worktree', 'lock', merged(repo, 'locked'))
    const bisected = merged(repo, 'bisected')
    repo.git('-C', bisected, 'bisect', 'start')
    repo.git('switch', '-q', '-c', 'aside')
    repo.addWorktree('main')
    const { code, out, err } = await prune(repo, ['--json'])
    expect(code, err).toBe(0)
    expect(pruneAnswer(out)).toEqual([])
    expect(err).toContain('nothing to prune')
    expect(err).not.toContain('dirty')
    expect(branchesOf(repo)).toEqual(['aside', 'bisected', 'dirty', 'locked', 'main', 'work'])
    expect(worktreesOf(repo)).toHaveLength(5)
  })

  test('a detached worktree with commits of its own', async () => {
    const repo = onlyMain()
    const path = repo.addWorktree('head', { from: 'main', detach: true })
    repo.commit('nowhere else', { dir: path })
    expect((await prune(repo)).code).toBe(0)
    expect(existsSync(path)).toBe(true)
  })

  test('staged changes of an entry whose directory is gone', async () => {
    const repo = onlyMain()
    const path = merged(repo, 'staged')
    writeFileSync(join(path, 'new.txt'), 'mine\n')
    repo.git('-C', path, 'add', 'new.txt')
    rmSync(path, { recursive: true })
    expect((await prune(repo)).code).toBe(0)
    expect(branchesOf(repo)).toContain('staged')
    expect(worktreesOf(repo)).toEqual(['repo.staged'])
  })

  test('a branch that two worktrees have: both go, and it with the last', async () => {
    const repo = onlyMain()
    merged(repo, 'twice')
    repo.git('worktree', 'add', '-q', '--force', join(repo.base, 'second'), 'twice')
    const { code, err } = await prune(repo)
    expect(code, err).toBe(0)
    expect(worktreesOf(repo)).toEqual([])
    const again = await prune(repo)
    expect(again.code, again.err).toBe(0)
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('names that git reads as another ref', async () => {
    const repo = onlyMain()
    repo.git('update-ref', 'refs/heads/HEAD', 'main')
    repo.git('update-ref', 'refs/heads/refs/heads/main', 'main')
    repo.git('branch', 'done')
    expect((await prune(repo)).code).toBe(0)
    expect(repo.git('for-each-ref', '--format=%(refname)', 'refs/heads').split('\n')).toEqual([
      'refs/heads/HEAD',
      'refs/heads/main',
      'refs/heads/refs/heads/main',
    ])
  })
})
