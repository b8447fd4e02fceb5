import { describe, expect, test } from 'vitest'
import {
  type LineCounts,
  type MergeOutcome,
  type ObjectFacts,
  type Pair,
  PairMap,
  type Relation,
} from '../../src/core/facts.ts'
import type { BranchName, ObjectId, RefName, RepoId } from '../../src/core/ids.ts'
import { type Integration, integrationsOf } from '../../src/core/integration.ts'
import { RefSnapshot } from '../../src/core/snapshot.ts'
import { effectiveTargets, targetPair } from '../../src/core/target.ts'

const id = (digit: string): ObjectId => digit.repeat(40) as ObjectId

interface World {
  readonly relation?: Relation | undefined
  /** Trees of base, head and merge base. */
  readonly trees?: readonly (string | undefined)[]
  readonly merge?: MergeOutcome | undefined
  readonly patch?: boolean | undefined
}

const PAIR: Pair = { base: id('a'), head: id('b') }
const [BASE, HEAD, MERGE_BASE] = [id('a'), id('b'), id('c')]

/** Facts that are what the world says, and a note of what was asked. */
const factsOf = ({ relation, trees = [], merge, patch }: World) => {
  const asked: string[] = []
  const answer = <Value>(what: string, pairs: readonly Pair[], value: Value | undefined): PairMap<Value> => {
    if (pairs.length > 0) asked.push(what)
    const map = new PairMap<Value>()
    if (value !== undefined) for (const pair of pairs) map.set(pair, value)
    return map
  }
  const facts: ObjectFacts = {
    relations: async (pairs) => answer('relation', pairs, relation),
    headers: async () => {
      const ids = [BASE, HEAD, MERGE_BASE]
      return new Map(
        ids.flatMap((commit, at) => {
          const tree = trees[at]
          return tree === undefined
            ? []
            : [[commit, { tree: id(tree), committedAt: 0, subject: '', abbreviated: '' }] as const]
        }),
      )
    },
    lineCounts: async (pairs) => answer<LineCounts>('lines', pairs, undefined),
    mergeOutcomes: async (pairs) => answer('merge', pairs, merge),
    patchIdMatches: async (pairs) => answer('patch', pairs, patch),
  }
  return { facts, asked }
}

const judge = async (world: World, pair = PAIR): Promise<{ verdict: Integration | undefined; asked: string[] }> => {
  const { facts, asked } = factsOf(world)
  return { verdict: (await integrationsOf(facts, [pair])).get(pair), asked }
}

const ahead = (mergeBase: ObjectId | undefined = MERGE_BASE): Relation => ({ ahead: 1, behind: 1, mergeBase })
const integrated = (reason: string) => ({ kind: 'integrated', reason })
const separate = (conflicts: boolean, orphan = false) => ({ kind: 'separate', conflicts, orphan })
const clean = (tree: string): MergeOutcome => ({ kind: 'clean', tree: id(tree) })
const CONFLICT: MergeOutcome = { kind: 'conflict' }

const snapshot = (refs: Readonly<Record<string, string>>, upstream?: string): RefSnapshot =>
  new RefSnapshot(
    '/repo' as RepoId,
    Object.entries(refs).map(([name, oid]) => ({
      name: name as RefName,
      oid: id(oid),
      ...(name === 'refs/heads/main' && upstream !== undefined && { upstream: upstream as RefName }),
    })),
  )

describe('the six checks in their order', () => {
  const cases: readonly (readonly [string, World, object, string])[] = [
    ['ancestor', { relation: { ahead: 0, behind: 3, mergeBase: HEAD } }, integrated('ancestor'), 'relation'],
    ['no added changes', { relation: ahead(), trees: ['1', '2', '2'] }, integrated('no_added_changes'), 'relation'],
    ['trees match', { relation: ahead(), trees: ['1', '1', '2'] }, integrated('trees_match'), 'relation'],
    [
      'merge adds nothing',
      { relation: ahead(), trees: ['1', '2', '3'], merge: clean('1') },
      integrated('merge_adds_nothing'),
      'relation merge',
    ],
    [
      'merge adds something',
      { relation: ahead(), trees: ['1', '2', '3'], merge: clean('4') },
      separate(false),
      'relation merge',
    ],
    [
      'patch id',
      { relation: ahead(), trees: ['1', '2', '3'], merge: CONFLICT, patch: true },
      integrated('patch_id_match'),
      'relation merge patch',
    ],
    [
      'conflict',
      { relation: ahead(), trees: ['1', '2', '3'], merge: CONFLICT, patch: false },
      separate(true),
      'relation merge patch',
    ],
    [
      'conflict, patch ids failed',
      { relation: ahead(), trees: ['1', '2', '3'], merge: CONFLICT },
      separate(true),
      'relation merge patch',
    ],
    [
      'only ahead',
      { relation: { ahead: 1, behind: 0, mergeBase: BASE }, trees: ['1', '2'] },
      separate(false),
      'relation',
    ],
    [
      'orphan',
      { relation: { ahead: 1, behind: 1, mergeBase: undefined }, trees: ['1', '1'] },
      separate(false, true),
      'relation',
    ],
    ['unknown relation', {}, { kind: 'unknown' }, 'relation'],
    ['unknown tree', { relation: ahead(), trees: ['1', '2', undefined] }, { kind: 'unknown' }, 'relation'],
    ['unknown merge', { relation: ahead(), trees: ['1', '2', '3'] }, { kind: 'unknown' }, 'relation merge'],
  ]
  test.each(cases)('%s', async (_, world, verdict, asked) => {
    expect(await judge(world)).toEqual({ verdict, asked: asked.split(' ') })
  })

  test('the same commit needs no question at all', async () => {
    expect(await judge({}, { base: BASE, head: BASE })).toEqual({ verdict: integrated('same_commit'), asked: [] })
  })
})

describe('local or upstream', () => {
  const both = { 'refs/heads/main': 'a', 'refs/remotes/origin/main': 'b' }
  const names = (refs: RefSnapshot, relation?: Relation): readonly string[] => {
    const pair = targetPair(refs, 'main' as BranchName)
    return pair === undefined ? [] : effectiveTargets(pair, relation).map(({ ref }) => ref.replace(/^refs\/\w+\//, ''))
  }
  const relation = (aheadOf: number, behind: number): Relation => ({ ahead: aheadOf, behind, mergeBase: MERGE_BASE })

  test.each([
    ['no upstream', snapshot({ 'refs/heads/main': 'a' }), undefined, ['main']],
    ['a gone upstream', snapshot({ 'refs/heads/main': 'a' }, 'refs/remotes/origin/main'), undefined, ['main']],
    [
      'the same commit',
      snapshot({ ...both, 'refs/remotes/origin/main': 'a' }, 'refs/remotes/origin/main'),
      undefined,
      ['main'],
    ],
    ['local behind', snapshot(both, 'refs/remotes/origin/main'), relation(2, 0), ['origin/main']],
    ['upstream behind', snapshot(both, 'refs/remotes/origin/main'), relation(0, 2), ['main']],
    ['diverged', snapshot(both, 'refs/remotes/origin/main'), relation(1, 1), ['main', 'origin/main']],
    ['nobody knows', snapshot(both, 'refs/remotes/origin/main'), undefined, ['main']],
    ['no such branch', snapshot({ 'refs/heads/other': 'a' }), undefined, []],
  ] as const)('%s', (_, refs, between, expected) => {
    expect(names(refs, between)).toEqual(expected)
  })
})
