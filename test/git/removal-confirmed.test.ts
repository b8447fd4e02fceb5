import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import type { Plan } from '../../src/core/plan.ts'
import { applyAll } from '../../src/git/apply.ts'
import { drain } from '../../src/git/trash/drain.ts'
import { capture, contextOf } from '../support/removal.ts'
import { keptOf, withWorktrees, worktreesOf } from '../support/removing.ts'

const LONG_AGO = 10_000

/** Removes both worktrees by plans that were made `age` milliseconds ago; in the second one something has changed since. */
const removing = async (age: number) => {
  const repo = withWorktrees('a', 'b')
  const basis = await capture(repo)
  const checkedAt = Date.now() - age
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

afterEach(() => void vi.useRealTimers())

describe('several worktrees that were looked at in one go', () => {
  test('one that has changed stays, where the look was long ago; the others go', async () => {
    const { repo, failures } = await removing(LONG_AGO)
    expect(failures).toMatchObject([undefined, { code: 'WORKTREE_DIRTY', cause: '?? new' }])
    expect(worktreesOf(repo)).toEqual(['repo.b'])
    expect(existsSync(join(`${repo.dir}.b`, 'new'))).toBe(true)
  })

  test('what was written a moment after the look is kept', async () => {
    // However slow the machine is, no time goes by.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const { repo, failures } = await removing(0)
    expect(failures).toEqual([undefined, undefined])
    expect(worktreesOf(repo)).toEqual([])
    expect(keptOf(repo).find(({ branch }) => branch === 'b')?.files).toMatchObject({ new: 'mine\n' })
  })
})
