import { describe, expect, test } from 'vitest'
import { marked, markOf, preRemove, projectConfig } from '../support/hooks.ts'
import { prune, pruneAnswer } from '../support/pruning.ts'
import { branchesOf, withWorktrees, worktreesOf } from '../support/removing.ts'

describe('wt prune', () => {
  test('runs pre-remove for each; one that fails keeps its own, and what has not begun', async () => {
    const repo = withWorktrees('a', 'b', 'c')
    repo.git('branch', 'lone')
    preRemove(repo, `echo {{ branch }} >> ${marked(repo, 'ran')}; test {{ branch }} != b`)
    const together = await prune(repo, ['--json'])
    expect(together.code).toBe(1)
    expect(together.err).toContain('b is not removed')
    expect(together.err).toContain('1 more stays')
    expect(pruneAnswer(together.out).map(({ branch }) => branch)).toEqual(['a', 'c'])
    expect((markOf(repo, 'ran') ?? '').split('\n').sort()).toEqual(['', 'a', 'b', 'c'])
    expect(branchesOf(repo)).toEqual(['b', 'lone', 'main'])
  })

  test('with --foreground none runs after one that failed', async () => {
    const repo = withWorktrees('a', 'b', 'c')
    repo.git('branch', 'lone')
    preRemove(repo, `echo {{ branch }} >> ${marked(repo, 'ran')}; test {{ branch }} != b`)
    const { code, out, err } = await prune(repo, ['--json', '--foreground'])
    expect(code).toBe(1)
    expect(err).toContain('2 more stay')
    expect(pruneAnswer(out).map(({ branch }) => branch)).toEqual(['a'])
    expect(markOf(repo, 'ran')).toBe('a\nb\n')
    expect(branchesOf(repo)).toEqual(['b', 'c', 'lone', 'main'])
  })

  test('runs them side by side: each waits for the other', async () => {
    const repo = withWorktrees('a', 'b')
    const there = (branch: string): string => marked(repo, `there-${branch}`)
    const meet = 'for i in 1 2 3 4 5 6 7 8 9; do [ -e "$1" ] && exit; sleep 0.3; done; exit 1'
    preRemove(
      repo,
      `touch ${there('{{ branch }}')}; set -- {% if branch == "a" %}${there('b')}{% else %}${there('a')}{% endif %}; ${meet}`,
    )
    const { code, err } = await prune(repo)
    expect(code, err).toBe(0)
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('leaves what needs an approval, says so, and exits 0; --yes takes it', async () => {
    const repo = withWorktrees('a')
    repo.git('branch', 'lone')
    projectConfig(repo, 'pre-remove = "true"\n')
    const { code, out, err } = await prune(repo, ['--json'], { answers: ['y'] })
    expect(code).toBe(0)
    expect(pruneAnswer(out).map(({ branch }) => branch)).toEqual(['lone'])
    expect(err).toContain('skipped a (approval required)')
    expect(err).toContain('wt config approvals add')
    expect(worktreesOf(repo)).toEqual(['repo.a'])
    expect((await prune(repo, ['--yes'])).code).toBe(0)
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('asks for post-switch only where the shell moves', async () => {
    const repo = withWorktrees('a', 'z')
    const here = `${repo.dir}.a`
    repo.write('.git/info/exclude', '.config\n')
    projectConfig(repo, 'post-switch = "true"\n', here)
    const { code, err } = await prune({ dir: here, env: repo.env })
    expect(code, err).toBe(0)
    expect(err).toContain('skipped a (approval required)')
    expect(worktreesOf(repo)).toEqual(['repo.a'])
  })

  test('runs none with --no-hooks', async () => {
    const repo = withWorktrees('a')
    preRemove(repo, 'false')
    expect((await prune(repo, ['--no-hooks'])).code).toBe(0)
    expect(branchesOf(repo)).toEqual(['main'])
  })
})
