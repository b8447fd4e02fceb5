import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName, ObjectId, RefName, RepoId } from '../../src/core/ids.ts'
import { RefSnapshot } from '../../src/core/snapshot.ts'
import type { Worktree } from '../../src/core/worktrees.ts'
import {
  type CreationFacts,
  type EntryFacts,
  judgeEntry,
  type PathFacts,
  planCreation,
} from '../../src/worktree/switch/plan.ts'
import { type Base, type SourceFacts, sourceOfKnown, sourceOfNew } from '../../src/worktree/switch/source.ts'

const id = (digit: string): ObjectId => digit.repeat(40) as ObjectId
const path = (text: string): AbsolutePath => text as AbsolutePath
const name = (text: string): BranchName => text as BranchName

const refs = new RefSnapshot('r' as RepoId, [
  { name: 'refs/heads/main' as RefName, oid: id('a') },
  { name: 'refs/heads/release/1' as RefName, oid: id('b') },
  { name: 'refs/remotes/origin/HEAD' as RefName, oid: id('a'), symref: 'refs/remotes/origin/main' as RefName },
  { name: 'refs/remotes/origin/shared' as RefName, oid: id('c') },
  { name: 'refs/remotes/origin/solo' as RefName, oid: id('d') },
  { name: 'refs/remotes/team/fork/shared' as RefName, oid: id('e') },
])

const known = (branch: string, extra: Partial<SourceFacts> = {}): SourceFacts => ({
  refs,
  branch: name(branch),
  remotes: ['origin', 'team/fork'],
  preferred: undefined,
  fetched: undefined,
  ...extra,
})

const worktree = (extra: Partial<Worktree> = {}): Worktree => ({
  id: 'x',
  path: path('/w/x'),
  gitDir: path('/r/worktrees/x'),
  head: id('a'),
  branch: name('x'),
  detached: false,
  ...extra,
})

describe('where a branch comes from', () => {
  test.each<readonly [string, Partial<SourceFacts>, unknown]>([
    ['main', {}, { source: { kind: 'existing', tip: id('a') } }],
    [
      'solo',
      {},
      { source: { kind: 'tracking', upstream: 'refs/remotes/origin/solo', start: id('d') }, fromRemote: 'origin/solo' },
    ],
    ['shared', {}, { code: 'REMOTE_AMBIGUOUS', message: expect.stringContaining('team/fork/shared') }],
    ['shared', { preferred: 'team/fork' }, { fromRemote: 'team/fork/shared' }],
    ['HEAD', {}, { code: 'BRANCH_NOT_FOUND' }],
    ['release', {}, { code: 'BRANCH_NOT_FOUND', hint: expect.stringContaining('--create release') }],
    [
      'no such',
      { fetched: '3 days' },
      {
        code: 'BRANCH_NOT_FOUND',
        message: expect.stringContaining('3 days'),
        hint: expect.not.stringContaining('--create'),
      },
    ],
  ])('known: %s %j', (branch, extra, expected) => {
    expect(sourceOfKnown(known(branch, extra))).toMatchObject(expected as object)
  })

  const base: Base = { name: 'main', oid: id('a') }
  const remote: Base = { name: 'origin/solo', oid: id('d'), ref: 'refs/remotes/origin/solo' as RefName }
  test.each<readonly [string, Base | undefined, boolean, unknown]>([
    ['fresh', base, false, { source: { kind: 'new', start: id('a') }, base: 'main', shadows: [] }],
    ['solo', base, false, { source: { kind: 'new', start: id('a') }, shadows: [{ remote: 'origin' }] }],
    ['solo', remote, false, { source: { kind: 'tracking', upstream: 'refs/remotes/origin/solo' }, shadows: [] }],
    ['other', remote, false, { source: { kind: 'new', start: id('d') } }],
    ['main', base, false, { code: 'BRANCH_EXISTS' }],
    ['release', base, false, { code: 'BRANCH_NAME_CLASH', message: expect.stringContaining('release/1') }],
    ['release/1/x', base, false, { code: 'BRANCH_NAME_CLASH', message: expect.stringContaining('branch release/1:') }],
    ['release/2', base, false, { source: { kind: 'new' } }],
    ['a..b', base, false, { code: 'BRANCH_NAME_INVALID' }],
    ['', base, false, { code: 'BRANCH_NAME_INVALID' }],
    ['first', undefined, true, { source: { kind: 'unborn' } }],
    ['first', undefined, false, { code: 'NO_COMMITS' }],
  ])('new: %s from %j (orphans: %s)', (branch, from, orphans, expected) => {
    expect(sourceOfNew(known(branch), from, orphans)).toMatchObject(expected as object)
  })
})

describe('the plan of a new worktree', () => {
  const free: PathFacts = { path: path('/w/x'), explicit: false, occupied: false, inGit: false, holdsRepository: false }
  const facts = (place: Partial<PathFacts>, extra: Partial<CreationFacts> = {}): CreationFacts => ({
    basis: refs,
    branch: name('x'),
    source: { kind: 'new', start: id('a') },
    place: { ...free, ...place },
    carry: { kind: 'none-asked' },
    ...extra,
  })
  const plan = (place: Partial<PathFacts>, clobber = false) => planCreation(facts(place), { clobber, stamp: 'S' })

  test('a free place: one effect, from the commit that was seen', () => {
    expect(plan({})).toEqual({
      kind: 'plan',
      basis: refs,
      effects: [{ kind: 'add-worktree', path: '/w/x', branch: 'x', source: { kind: 'new', start: id('a') } }],
    })
  })

  test('a place that is taken: only with --clobber, which is part of the effect', () => {
    expect(plan({ occupied: true })).toMatchObject({ code: 'PATH_EXISTS', hint: expect.stringContaining('--clobber') })
    expect(plan({ occupied: true }, true)).toMatchObject({ effects: [{ kind: 'add-worktree', setAside: 'S' }] })
    expect(plan({}, true)).not.toHaveProperty('effects.0.setAside')
  })

  test.each<readonly [string, Partial<PathFacts>]>([
    ['PATH_UNSAFE', { inGit: true }],
    ['PATH_UNSAFE', { holdsRepository: true, occupied: true }],
    ['PATH_UNSAFE', { holds: path('/w/x/y'), occupied: true }],
    ['PATH_UNSAFE', { liesIn: path('/w'), occupied: true, explicit: true }],
    ['PATH_OCCUPIED', { registered: { worktree: worktree(), present: true }, occupied: true }],
    ['WORKTREE_STALE', { registered: { worktree: worktree(), present: false } }],
    ['PATH_INVALID', { problem: '/w is not a directory' }],
  ])('%s: %j, --clobber or not', (code, place) => {
    for (const clobber of [false, true]) expect(plan(place, clobber)).toMatchObject({ kind: 'refusal', code })
  })

  test('a place that is not there yet may be in another worktree', () => {
    expect(plan({ liesIn: path('/w'), explicit: true })).toMatchObject({ kind: 'plan' })
  })

  test('what is carried comes after the worktree, and nothing comes of nothing', () => {
    const change = { path: 'a', untracked: false }
    const carry = { kind: 'changes', from: path('/w/main'), paths: [change], staged: [] } as const
    const options = { clobber: false, stamp: 'S' }
    expect(planCreation(facts({}, { carry }), options)).toMatchObject({
      effects: [{ kind: 'add-worktree' }, { kind: 'carry', from: '/w/main', to: '/w/x', paths: [change] }],
    })
    expect(planCreation(facts({}, { carry: { ...carry, paths: [] } }), options)).toHaveProperty('effects.length', 1)
    const refused = { kind: 'refused', why: 'w', hint: 'h' } as const
    expect(planCreation(facts({}, { carry: refused }), options)).toMatchObject({ code: 'CARRY_REFUSED', message: 'w' })
  })
})

describe('entering a worktree that is registered', () => {
  const judge = (extra: Partial<EntryFacts>) =>
    judgeEntry({ worktree: worktree(), state: 'there', cure: undefined, elsewhere: undefined, ...extra })
  const locked = { locked: { reason: undefined } }

  test.each<readonly [string | undefined, string, Partial<EntryFacts>]>([
    [undefined, '', {}],
    [undefined, '', { worktree: worktree(locked) }],
    [undefined, '', { state: 'foreign', worktree: worktree({ broken: 'b' }) }],
    ['WORKTREE_BROKEN', 'mend', { state: 'foreign', worktree: worktree({ broken: 'b', ...locked }), cure: 'mend' }],
    ['WORKTREE_BROKEN', 'mend', { worktree: worktree({ broken: 'b' }), cure: 'mend' }],
    ['WORKTREE_STALE', 'git worktree prune', { state: 'gone' }],
    ['WORKTREE_STALE', 'git worktree unlock', { state: 'gone', worktree: worktree(locked) }],
    ['WORKTREE_STALE', 'git worktree repair /w/x', { state: 'unlinked' }],
    ['WORKTREE_ELSEWHERE', '--path', { elsewhere: path('/w/y') }],
  ])('%s, with the hint %j', (code, hint, extra) => {
    const refusal = judge(extra)
    expect(refusal?.code).toBe(code)
    expect(refusal?.hint ?? '').toContain(hint)
  })
})
