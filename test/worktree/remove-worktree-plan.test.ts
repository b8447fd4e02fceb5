import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName, ObjectId, RepoId } from '../../src/core/ids.ts'
import { RefSnapshot } from '../../src/core/snapshot.ts'
import type { Worktree } from '../../src/core/worktrees.ts'
import type { BranchDecision } from '../../src/worktree/remove/branch-decision.ts'
import type { Contents, WorktreeFacts, WorktreeRemovalOptions } from '../../src/worktree/remove/worktree/plan.ts'
import { planWorktreeRemoval } from '../../src/worktree/remove/worktree/removal.ts'

const basis = new RefSnapshot('r' as RepoId, [])
const HEAD = 'a'.repeat(40) as ObjectId

const worktree = (change: Partial<Worktree> = {}): Worktree => ({
  id: 'topic',
  path: '/w/topic' as AbsolutePath,
  gitDir: '/r/worktrees/topic' as AbsolutePath,
  head: HEAD,
  branch: 'topic' as BranchName,
  detached: false,
  ...change,
})

const contents = (change: Partial<Contents> = {}): Contents => ({
  changes: [],
  keeps: [],
  staged: false,
  checkedAt: 1000,
  ...change,
})

const known = (change: Partial<WorktreeFacts> = {}): WorktreeFacts => ({
  worktree: worktree(),
  obstacle: undefined,
  contents: contents(),
  holdsWork: false,
  halfRemoved: false,
  submodules: [],
  unreached: false,
  ...change,
})

const usual: WorktreeRemovalOptions = { force: false, forceDelete: false, limit: 10, confirm: false }
const leave: BranchDecision = { kind: 'leave', why: 'asked' }

const plan = (facts: WorktreeFacts, options: Partial<WorktreeRemovalOptions> = {}, decision: BranchDecision = leave) =>
  planWorktreeRemoval(basis, facts, { defaultBranch: 'main' as BranchName, decision }, { ...usual, ...options })

const dirty = contents({
  changes: [
    { xy: '.M', path: 'a' },
    { xy: '??', path: 'b' },
  ],
  keeps: [
    { path: 'a', why: 'changed' },
    { path: 'b', why: 'untracked' },
  ],
})
const gone = { prunable: { reason: 'gone' } }

/** Everything that can forbid a removal, at once. */
const everything = known({
  worktree: worktree({ locked: { reason: 'stick' }, branch: 'main' as BranchName }),
  obstacle: { kind: 'not-ours', why: 'it is a link' },
  contents: dirty,
  submodules: ['lib'],
})
const withoutLock = { ...everything, worktree: worktree({ branch: 'main' as BranchName }) }
const onTopic = { ...everything, worktree: worktree() }

describe('what forbids a removal, in this order', () => {
  test.each([
    ['a lock', everything, 'WORKTREE_LOCKED'],
    ['the default branch', withoutLock, 'BRANCH_IS_DEFAULT'],
    ['a directory that is not its own', onTopic, 'WORKTREE_NOT_OURS'],
    [
      'another worktree in it',
      { ...onTopic, obstacle: { kind: 'holds', path: '/w/topic/in' } },
      'WORKTREE_HOLDS_ANOTHER',
    ],
    ['damage', { ...onTopic, obstacle: undefined, worktree: worktree({ broken: 'no HEAD' }) }, 'WORKTREE_BROKEN'],
    ['changes', { ...onTopic, obstacle: undefined }, 'WORKTREE_DIRTY'],
    ['a submodule', known({ submodules: ['lib'] }), 'SUBMODULE_HOLDS_WORK'],
    ['being the main one', known({ worktree: worktree({ id: undefined }) }), 'WORKTREE_IS_MAIN'],
    ['being gone, detached', known({ worktree: worktree({ ...gone, branch: undefined }) }), 'WORKTREE_STALE'],
    ['an entry with work', known({ worktree: worktree(gone), holdsWork: true }), 'WORKTREE_HOLDS_WORK'],
    ['a broken entry that is gone', known({ worktree: worktree({ ...gone, broken: 'torn' }) }), 'WORKTREE_BROKEN'],
  ] as const)('%s', (_, facts, code) => {
    expect(plan(facts as WorktreeFacts)).toMatchObject({ kind: 'refusal', code })
  })

  test.each([
    ['a lock', everything, 'WORKTREE_LOCKED'],
    ['a directory that is not its own', onTopic, 'WORKTREE_NOT_OURS'],
    [
      'another worktree in it',
      { ...onTopic, obstacle: { kind: 'holds', path: '/w/topic/in' } },
      'WORKTREE_HOLDS_ANOTHER',
    ],
    ['being the main one', known({ worktree: worktree({ id: undefined }) }), 'WORKTREE_IS_MAIN'],
    ['being gone, detached', known({ worktree: worktree({ ...gone, branch: undefined }) }), 'WORKTREE_STALE'],
    ['damage', known({ worktree: worktree({ broken: 'no HEAD' }) }), 'WORKTREE_BROKEN'],
  ] as const)('no flag changes anything about %s', (_, facts, code) => {
    expect(plan(facts as WorktreeFacts, { force: true, forceDelete: true })).toMatchObject({ kind: 'refusal', code })
  })

  test('changes are listed as git does, and untracked files need stash -u', () => {
    expect(plan(known({ contents: dirty }))).toMatchObject({
      details: [' M a', '?? b'],
      hint: expect.stringContaining('git stash -u') as string,
    })
    const tracked = contents({ changes: [{ xy: 'M.', path: 'a' }] })
    expect(JSON.stringify(plan(known({ contents: tracked })))).not.toContain('stash -u')
  })

  test('-D lets the default branch go, and nothing else', () => {
    const main = known({ worktree: worktree({ branch: 'main' as BranchName }) })
    expect(plan(main, { forceDelete: true })).toMatchObject({ kind: 'worktree-plan' })
    expect(plan(known({ contents: dirty }), { forceDelete: true })).toMatchObject({ code: 'WORKTREE_DIRTY' })
  })
})

describe('what is done', () => {
  const effectsOf = (...args: Parameters<typeof plan>): readonly unknown[] => {
    const made = plan(...args)
    if (made.kind === 'refusal') throw new Error(made.message)
    return made.plan.effects
  }

  test('a clean worktree is staged, nothing else', () => {
    expect(effectsOf(known())).toEqual([
      {
        kind: 'stage-worktree',
        worktree: { id: 'topic', gitDir: '/r/worktrees/topic', path: '/w/topic', branch: 'topic', head: HEAD },
        keeps: [],
        limit: 10,
        whole: false,
        force: false,
        confirm: false,
        checkedAt: 1000,
      },
    ])
  })

  test('--force keeps what it discards, and the index with it where something is staged', () => {
    const facts = known({ contents: { ...dirty, staged: true } })
    expect(effectsOf(facts, { force: true })).toMatchObject([{ keeps: dirty.keeps, whole: true, force: true }])
    expect(effectsOf(known({ submodules: ['lib'] }), { force: true })).toMatchObject([{ whole: true }])
    expect(effectsOf(known({ worktree: worktree({ operation: 'rebase' }) }))).toMatchObject([{ whole: true }])
  })

  test('the branch goes after the worktree', () => {
    const effects = [{ kind: 'forget-branch', branch: 'topic' as BranchName }] as const
    const decision: BranchDecision = { kind: 'delete', was: HEAD, proof: undefined, effects }
    expect(effectsOf(known(), {}, decision).map((effect) => (effect as { kind: string }).kind)).toEqual([
      'stage-worktree',
      'forget-branch',
    ])
  })

  test('commits that nothing else reaches get a ref first', () => {
    const facts = known({ worktree: worktree({ branch: undefined, detached: true }), unreached: true })
    expect(effectsOf(facts)).toMatchObject([
      { kind: 'edit-refs', edits: [{ kind: 'create', ref: `refs/wt-backup/${HEAD}`, to: HEAD }] },
      { kind: 'stage-worktree' },
    ])
  })

  test('of a worktree that is not there only the registration goes; with --force, work and all', () => {
    const facts = known({ worktree: worktree(gone), contents: undefined })
    expect(effectsOf(facts)).toMatchObject([{ kind: 'unregister-worktree', whole: false }])
    expect(effectsOf({ ...facts, holdsWork: true }, { force: true })).toMatchObject([{ whole: true }])
  })

  test('what a killed removal has left is finished, detached or not', () => {
    const left = worktree({ ...gone, branch: undefined, detached: true })
    const facts = known({ worktree: left, contents: undefined, halfRemoved: true, holdsWork: true })
    expect(effectsOf(facts)).toMatchObject([{ kind: 'unregister-worktree' }])
  })
})
