import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import type { Plan } from '../../src/core/plan.ts'
import { applyAll } from '../../src/git/apply.ts'
import { drain } from '../../src/git/trash/drain.ts'
import { capture, contextOf } from '../support/removal.ts'
import { withWorktrees, worktreesOf } from '../support/removing.ts'

/** Removes two worktrees by plans of which one look was the reason; in the second one something has changed since. */
const removing = async () => {
  const repo = withWorktrees('a', 'b')
  const basis = await capture(repo)
  const checkedAt = Date.now()
  writeFileSync(join(`${repo.dir}.b`, 'new'), 'mine\n')
  const planFor = (branch: string): Plan => {
    const gitDir = join(repo.dir, '.git', 'worktrees', `repo.${branch}`) as AbsolutePath
    const path = `${repo.dir}.${branch}` as AbsolutePath
    const worktree = { id: `repo.${branch}`, gitDir, path, branch: branch as BranchName, head: repo.oid('main') }
    const about = { keeps: [], limit: 0, whole: false, force: false, confirm: true, checkedAt }
    return { kind: 'plan', basis, effects: [{ kind: 'stage-worktree', worktree, ...about }] }
  }
  const context = contextOf(repo)
  const { outcomes } = await applyAll(context, basis, [planFor('a'), planFor('b')])
  await drain(context.commonDir, () => context.now().getTime())
  return { repo, failures: outcomes.map(({ failure }) => failure?.error) }
}

describe('several worktrees that were looked at in one go', () => {
  test('one that has changed since stays; the others go', async () => {
    const { repo, failures } = await removing()
    expect(failures).toMatchObject([undefined, { code: 'WORKTREE_DIRTY', cause: '?? new' }])
    expect(worktreesOf(repo)).toEqual(['repo.b'])
    expect(existsSync(join(`${repo.dir}.b`, 'new'))).toBe(true)
  })
})
