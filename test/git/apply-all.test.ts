import { describe, expect, test } from 'vitest'
import { type BranchName, branchRef, type ObjectId } from '../../src/core/ids.ts'
import type { Plan, RefEdit } from '../../src/core/plan.ts'
import type { RefSnapshot } from '../../src/core/snapshot.ts'
import { applyAll } from '../../src/git/apply.ts'
import { loggingGit } from '../e2e/git-shim.ts'
import { capture, contextOf } from '../support/removal.ts'
import { branchesOf } from '../support/removing.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const withBranches = (...names: readonly string[]): TestRepo => {
  const repo = makeRepo('basic')
  repo.git('branch', '-q', '-D', 'topic')
  for (const name of names) repo.git('branch', name)
  return repo
}

const deletion = (basis: RefSnapshot, name: string, ...premise: readonly RefEdit[]): Plan => {
  const branch = name as BranchName
  const expected = basis.tip(branch) ?? ('f'.repeat(40) as ObjectId)
  const edits: readonly RefEdit[] = [...premise, { kind: 'delete', ref: branchRef(branch), expected }]
  return { kind: 'plan', basis, effects: [{ kind: 'edit-refs', edits, reason: `test: ${name}` }] }
}

const failuresOf = (outcomes: readonly { readonly failure: { readonly error: unknown } | undefined }[]) =>
  outcomes.map(({ failure }) => (failure?.error as { readonly code?: string } | undefined)?.code)

describe('several plans', () => {
  test('edit refs in one transaction', async () => {
    const repo = withBranches('a', 'b', 'c')
    const shim = loggingGit(repo.env)
    const basis = await capture(repo)
    const plans = ['a', 'b', 'c'].map((name) => deletion(basis, name))
    const { outcomes } = await applyAll(contextOf({ ...repo, env: shim.env }), basis, plans)
    expect(failuresOf(outcomes)).toEqual([undefined, undefined, undefined])
    expect(shim.take().filter((line) => line.includes('update-ref'))).toHaveLength(1)
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('one that can’t be done does not stop the others', async () => {
    const repo = withBranches('a', 'b', 'c')
    const basis = await capture(repo)
    repo.git('update-ref', 'refs/heads/b', repo.commit('moved'))
    const plans = ['a', 'b', 'c'].map((name) => deletion(basis, name))
    const { outcomes, changes } = await applyAll(contextOf(repo), basis, plans)
    expect(failuresOf(outcomes)).toEqual([undefined, 'REF_MOVED', undefined])
    expect(branchesOf(repo)).toEqual(['b', 'main'])
    expect(changes.map(({ name }) => name)).toEqual(['refs/heads/a', 'refs/heads/b', 'refs/heads/c', 'refs/heads/main'])
  })

  test('a ref that one of them deletes is no proof for another', async () => {
    const repo = withBranches('trunk', 'done')
    const basis = await capture(repo)
    const premise: RefEdit = { kind: 'verify', ref: branchRef('trunk' as BranchName), expected: repo.oid('trunk') }
    const plans = [deletion(basis, 'trunk'), deletion(basis, 'done', premise)]
    const { outcomes } = await applyAll(contextOf(repo), basis, plans)
    expect(failuresOf(outcomes)).toEqual([undefined, 'REF_MOVED'])
    expect(branchesOf(repo)).toEqual(['done', 'main'])
  })

  test('a branch that a worktree has by now stays', async () => {
    const repo = withBranches('a', 'b')
    const basis = await capture(repo)
    const path = repo.addWorktree('b')
    const worktree = { id: 'b', path, gitDir: path, head: undefined, branch: 'b' as BranchName, detached: false }
    const context = { ...contextOf(repo), worktreesNow: async () => ({ worktrees: [worktree], bare: false }) }
    const plans = ['a', 'b'].map((name): Plan => {
      const { effects, ...plan } = deletion(basis, name)
      const guarded = effects.map((effect) => ({ ...effect, unused: name as BranchName }) as (typeof effects)[number])
      return { ...plan, effects: guarded }
    })
    const { outcomes } = await applyAll(context, basis, plans)
    expect(failuresOf(outcomes)).toEqual([undefined, 'BRANCH_CHECKED_OUT'])
    expect(branchesOf(repo)).toEqual(['b', 'main'])
  })
})
