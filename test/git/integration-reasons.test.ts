import { describe, expect, test } from 'vitest'
import { itemOf, listJson } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const reasonIn = async (repo: TestRepo, branch = 'feature'): Promise<string | undefined> =>
  itemOf(await listJson(repo, ['--branches']), branch).default_branch?.integration?.reason

describe('each reason, in a real repository', () => {
  test('same_commit, ancestor, trees_match', async () => {
    const repo = makeRepo('ahead')
    repo.git('branch', 'same', 'main')
    expect(await reasonIn(repo, 'same')).toBe('same_commit')
    expect(await reasonIn(repo, 'topic')).toBe('ancestor')
    expect(await reasonIn(repo)).toBeUndefined()
    repo.git('read-tree', '-m', '-u', 'feature')
    repo.git('commit', '-q', '-m', 'squash of feature')
    expect(await reasonIn(repo)).toBe('trees_match')
  })

  test('no_added_changes: commits that undo each other', async () => {
    const repo = makeRepo('ahead')
    repo.git('checkout', '-q', 'feature')
    repo.git('revert', '--no-edit', 'feature', 'feature~1')
    repo.git('checkout', '-q', 'main')
    expect(await reasonIn(repo)).toBe('no_added_changes')
  })

  test('merge_adds_nothing: squashed, then main went on elsewhere', async () => {
    expect(await reasonIn(makeRepo('squashed'))).toBe('merge_adds_nothing')
  })

  test('patch_id_match: squashed, then main changed the same lines; a conflict is never announced', async () => {
    const repo = makeRepo('squashed')
    repo.commit('same lines', { files: { 'feature.txt': 'something else\n' } })
    expect(await reasonIn(repo)).toBe('patch_id_match')
    const item = itemOf(await listJson(repo, ['--branches']), 'feature')
    expect(item.display.state).toBe('integrated')
    expect(item.default_branch?.merge_conflicts).toBe(true)
  })

  test('white space is a change: a squash that differs in it is none', async () => {
    const repo = makeRepo('ahead')
    repo.commit('almost', { files: { 'feature.txt': 'one \ntwo\n' } })
    repo.commit('then', { files: { 'feature.txt': 'else\n' } })
    expect(await reasonIn(repo)).toBeUndefined()
  })

  test('a squash on the upstream only, with the local branch behind or gone another way', async () => {
    const repo = makeRepo('squashed')
    repo.git('update-ref', 'refs/remotes/origin/main', 'main')
    repo.git('config', 'remote.origin.url', '/nowhere')
    repo.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
    repo.git('branch', '-q', '--set-upstream-to=origin/main', 'main')
    repo.git('reset', '-q', '--hard', 'main~2')
    expect(await reasonIn(repo)).toBe('merge_adds_nothing')
    repo.commit('another way', { files: { other: 'x\n' } })
    expect(await reasonIn(repo)).toBe('merge_adds_nothing')
    repo.git('update-ref', '-d', 'refs/remotes/origin/main')
    expect(await reasonIn(repo)).toBeUndefined()
  })

  test('a submodule bump is a change, whatever is to be ignored', async () => {
    const repo = makeRepo('ahead')
    repo.git('config', 'wt.default-branch', 'main')
    const bump = (commit: string): string =>
      repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub`) + repo.git('commit', '-q', '-m', 'bump')
    bump(repo.oid('topic'))
    repo.git('checkout', '-q', '-b', 'bumped')
    bump(repo.oid('feature'))
    for (const key of ['diff.ignoreSubmodules', 'submodule.sub.ignore']) repo.git('config', key, 'all')
    repo.git('checkout', '-q', 'main')
    expect(await reasonIn(repo, 'bumped')).toBeUndefined()
    expect(itemOf(await listJson(repo, ['--branches']), 'bumped').default_branch?.diff).toEqual({
      added: 1,
      deleted: 1,
    })
  })
})
