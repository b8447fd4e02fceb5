import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName, ObjectId, RefName, RepoId } from '../../src/core/ids.ts'
import { branchRef } from '../../src/core/ids.ts'
import { RefSnapshot } from '../../src/core/snapshot.ts'
import type { Worktree } from '../../src/core/worktrees.ts'
import { decideFinish, refuseCleanUp, refuseLate } from '../../src/worktree/land/finish/plan.ts'
import {
  backupRef,
  holderOf,
  refuseDiverged,
  refuseHolder,
  refuseOperation,
  refuseSource,
  refuseTarget,
  squashKind,
} from '../../src/worktree/land/plan.ts'

const branch = (name: string): BranchName => name as BranchName
const oid = 'a'.repeat(40) as ObjectId
const CLEAN = { unmerged: [], staged: [], unstaged: [], untracked: [] }

const worktree = (more: Partial<Worktree> = {}): Worktree => ({
  id: 'feature',
  path: '/r.feature' as AbsolutePath,
  gitDir: '/r/.git/worktrees/feature' as AbsolutePath,
  head: oid,
  branch: branch('feature'),
  detached: false,
  ...more,
})
const main = worktree({ id: undefined, gitDir: '/r/.git' as AbsolutePath, branch: branch('main') })

describe('what becomes of the commits', () => {
  test.each([
    [0, false, 'no_commits_ahead'],
    [0, true, 'commit'],
    [1, false, 'already_single_commit'],
    [1, true, 'squash'],
    [2, false, 'squash'],
    [2, true, 'squash'],
  ])('%d ahead, staged: %s', (commits, staged, kind) => {
    expect(squashKind(commits, staged)).toBe(kind)
  })
})

describe('names of backups', () => {
  test('a backup has its branch’s name', () => {
    expect(backupRef(branch('a/b'), [])).toBe('refs/wt-backup/a/b')
  })

  test('one that is in the way of another gives way itself', () => {
    expect(backupRef(branch('a'), ['refs/wt-backup/a/b' as RefName])).toBe('refs/wt-backup-flat/a')
    expect(backupRef(branch('a/b'), ['refs/wt-backup/a' as RefName])).toBe('refs/wt-backup-flat/a%2Fb')
    expect(backupRef(branch('a'), ['refs/wt-backup/a' as RefName])).toBe('refs/wt-backup/a')
  })

  test('no two branches share one, and any can be made beside all others', () => {
    const part = fc.stringMatching(/^[a-c%2F]{1,3}$/)
    const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
        const taken: RefName[] = []
        for (const each of names) {
          const ref = backupRef(branch(each), taken)
          const clash = taken.find(
            (other) => other === ref || other.startsWith(`${ref}/`) || ref.startsWith(`${other}/`),
          )
          expect(clash).toBe(undefined)
          taken.push(ref)
        }
      }),
    )
  })
})

describe('gates', () => {
  test('an operation in progress, with what ends it', () => {
    expect(refuseOperation(worktree())).toBe(undefined)
    const refusal = refuseOperation(worktree({ operation: 'cherry-pick' }))
    expect(refusal).toMatchObject({
      code: 'OPERATION_IN_PROGRESS',
      hint: expect.stringContaining('cherry-pick --abort'),
    })
    expect(refuseOperation(worktree({ operation: 'bisect' }))?.hint).toContain('git bisect reset')
  })

  test('a source that is not there, or no worktree', () => {
    expect(refuseSource(worktree())).toBe(undefined)
    expect(refuseSource(undefined)?.code).toBe('NO_WORKTREE')
    expect(refuseSource(branch('x'))?.message).toContain('x')
    expect(refuseSource(worktree({ prunable: { reason: 'gone' } }))?.code).toBe('WORKTREE_GONE')
  })

  test('a target that does not exist, is unborn, or is the default branch that was', () => {
    const refs = new RefSnapshot('r' as RepoId, [{ name: branchRef(branch('main')), oid }])
    const none = { worktrees: [], bare: false }
    expect(refuseTarget(branch('main'), refs, none, false)).toBe(undefined)
    expect(refuseTarget(branch('x'), refs, none, false)?.hint).toContain('wt list')
    expect(refuseTarget(branch('x'), refs, none, true)?.hint).toContain('git config --unset wt.default-branch')
    const unborn = { worktrees: [worktree({ branch: branch('x'), head: undefined })], bare: false }
    expect(refuseTarget(branch('x'), refs, unborn, true)?.code).toBe('UNBORN_BRANCH')
  })

  test.each([
    [true, false, undefined],
    [false, true, undefined],
    [false, false, 'TARGET_DIVERGED'],
  ])('the upstream: fork is local %s, local is behind %s', (forkIsLocal, localIsBehind, code) => {
    expect(refuseDiverged('main', { name: 'origin/main', forkIsLocal, localIsBehind })?.code).toBe(code)
  })

  test('a worktree in the middle of a rebase of the target holds the target', () => {
    const busy = worktree({ branch: undefined, detached: true, borrowed: branch('main'), operation: 'rebase' })
    expect(holderOf({ worktrees: [busy], bare: false }, branch('main'))).toBe(busy)
    expect(refuseHolder(busy)?.code).toBe('OPERATION_IN_PROGRESS')
    expect(refuseHolder(worktree({ broken: 'x' }))?.code).toBe('WORKTREE_GONE')
    expect(refuseHolder(undefined)).toBe(undefined)
  })
})

describe('the end', () => {
  const facts = { remove: true, source: worktree(), primary: main, target: branch('main'), nested: undefined }

  test.each([
    ['remove', {}],
    ['asked', { remove: false }],
    ['on-target', { target: branch('feature') }],
    ['primary', { source: main, target: branch('x') }],
    ['primary', { primary: worktree() }],
    ['locked', { source: worktree({ locked: { reason: 'on a stick' } }) }],
    ['nested', { nested: '/r.feature/in' as AbsolutePath }],
  ])('%s', (kind, more) => {
    expect(decideFinish({ ...facts, ...more }).kind).toBe(kind)
  })

  test('the default branch’s worktree stays, and so does one with work in it', () => {
    expect(refuseCleanUp(worktree(), branch('main'), CLEAN)).toBe(undefined)
    expect(refuseCleanUp(worktree(), branch('feature'), CLEAN)?.code).toBe('BRANCH_IS_DEFAULT')
    const refusal = refuseCleanUp(worktree(), branch('main'), { ...CLEAN, untracked: ['late.txt'] })
    expect(refusal).toMatchObject({ code: 'WORKTREE_KEPT', message: expect.stringContaining('late.txt') })
  })

  test('a lock or a nested worktree that came while hooks ran', () => {
    expect(refuseLate(worktree(), { kind: 'remove' }, CLEAN)).toBe(undefined)
    expect(refuseLate(worktree(), { kind: 'locked', reason: undefined }, CLEAN)?.code).toBe('WORKTREE_KEPT')
    expect(refuseLate(worktree(), { kind: 'nested', path: '/x' as AbsolutePath }, CLEAN)?.message).toContain('/x')
  })
})
