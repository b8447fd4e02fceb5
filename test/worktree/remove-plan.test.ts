import { describe, expect, test } from 'vitest'
import { PairMap } from '../../src/core/facts.ts'
import type { AbsolutePath, BranchName, ObjectId, RefName, RepoId } from '../../src/core/ids.ts'
import type { Integration } from '../../src/core/integration.ts'
import { type RefEntry, RefSnapshot } from '../../src/core/snapshot.ts'
import type { Worktree } from '../../src/core/worktrees.ts'
import { type BranchRemovalFacts, planBranchRemoval } from '../../src/worktree/remove/plan.ts'

const MAIN = 'refs/heads/main' as RefName
const id = (digit: string): ObjectId => digit.repeat(40) as ObjectId
const entry = (name: string, oid: ObjectId, symref?: RefName): RefEntry => ({
  name: name as RefName,
  oid,
  ...(symref !== undefined && { symref }),
})

const basis = new RefSnapshot('r' as RepoId, [
  entry('refs/heads/alias', id('b'), 'refs/heads/topic' as RefName),
  entry('refs/heads/main', id('a')),
  entry('refs/heads/topic', id('b')),
])

const integrated: Integration = { kind: 'integrated', reason: 'ancestor' }
const verdict = (base: ObjectId, head: ObjectId, found: Integration = integrated): PairMap<Integration> =>
  new PairMap<Integration>().set({ base, head }, found)

const known: BranchRemovalFacts = {
  worktrees: { worktrees: [], bare: false },
  defaultBranch: 'main' as BranchName,
  judgedBy: { ref: MAIN, oid: id('a') },
  integrations: verdict(id('a'), id('b')),
}

const on = (branch: string): Worktree => ({
  id: 'x',
  path: `/somewhere/${branch}` as AbsolutePath,
  gitDir: '/r/worktrees/x' as AbsolutePath,
  head: id('b'),
  branch: branch as BranchName,
  detached: false,
})

const plan = (branch: string, facts: Partial<BranchRemovalFacts> = {}, force = false) =>
  planBranchRemoval(basis, { ...known, ...facts }, { branch: branch as BranchName, force })

test('an integrated branch is deleted where it was judged, on the word of a ref that must stand still', () => {
  expect(plan('topic')).toEqual({
    kind: 'plan',
    basis,
    effects: [
      {
        kind: 'edit-refs',
        edits: [
          { kind: 'verify', ref: MAIN, expected: id('a') },
          { kind: 'delete', ref: 'refs/heads/topic', expected: id('b') },
        ],
        reason: 'wt remove: topic',
        unused: 'topic',
      },
      { kind: 'forget-branch', branch: 'topic' },
    ],
  })
})

test('-D needs no judge, but the branch must still be where it was seen', () => {
  const forced = plan('topic', { judgedBy: undefined, integrations: new PairMap() }, true)
  expect(forced).toMatchObject({
    kind: 'plan',
    effects: [
      { kind: 'edit-refs', edits: [{ kind: 'delete', ref: 'refs/heads/topic', expected: id('b') }] },
      { kind: 'forget-branch', branch: 'topic' },
    ],
  })
})

describe('not integrated, and so refused', () => {
  test.each<readonly [string, Partial<BranchRemovalFacts>]>([
    ['nothing judges', { judgedBy: undefined }],
    ['nothing is known', { integrations: new PairMap() }],
    ['git could not tell', { integrations: verdict(id('a'), id('b'), { kind: 'unknown' }) }],
    [
      'its work is its own',
      { integrations: verdict(id('a'), id('b'), { kind: 'separate', conflicts: false, orphan: false }) },
    ],
    ['another commit was judged', { integrations: verdict(id('a'), id('c')) }],
    ['it was judged by another commit', { integrations: verdict(id('c'), id('b')) }],
    ['the verdict is the other way round', { integrations: verdict(id('b'), id('a')) }],
    [
      'it vouches for itself',
      { judgedBy: { ref: 'refs/heads/topic' as RefName, oid: id('b') }, integrations: verdict(id('b'), id('b')) },
    ],
    [
      'it vouches for itself under another name',
      { judgedBy: { ref: 'refs/heads/alias' as RefName, oid: id('b') }, integrations: verdict(id('b'), id('b')) },
    ],
  ])('%s', (_, facts) => {
    expect(plan('topic', facts)).toMatchObject({ kind: 'refusal', code: 'BRANCH_NOT_INTEGRATED' })
    expect(plan('topic', facts, true)).toMatchObject({ kind: 'plan' })
  })
})

test('a branch that is not there can not be forced away either', () => {
  for (const force of [false, true]) {
    expect(plan('missing', {}, force)).toMatchObject({ kind: 'refusal', code: 'NO_SUCH_BRANCH' })
    expect(plan('refs/heads/topic', {}, force)).toMatchObject({ kind: 'refusal', code: 'NO_SUCH_BRANCH' })
  }
})

test('a branch that a worktree has checked out stays, -D or not, and the worktree is named', () => {
  const worktrees = { worktrees: [on('other'), on('topic')], bare: false }
  for (const force of [false, true]) {
    const refusal = plan('topic', { worktrees }, force)
    expect(refusal).toMatchObject({ code: 'BRANCH_CHECKED_OUT', message: expect.stringMatching('/somewhere/topic') })
  }
  expect(plan('topic', { worktrees: { worktrees: [on('other')], bare: false } })).toMatchObject({ kind: 'plan' })
})

test('the default branch goes only with -D', () => {
  const facts = { judgedBy: { ref: 'refs/heads/x' as RefName, oid: id('c') }, integrations: verdict(id('c'), id('a')) }
  expect(plan('main', facts)).toMatchObject({ kind: 'refusal', code: 'BRANCH_IS_DEFAULT' })
  expect(plan('main', facts, true)).toMatchObject({ kind: 'plan' })
})
