import type { ObjectFacts, Pair, Relation } from './facts.ts'
import { PairMap } from './facts.ts'
import type { ObjectId } from './ids.ts'

/** Why a branch's work counts as being in its target; in the order in which the checks are made. */
export type IntegrationReason =
  | 'same_commit'
  | 'ancestor'
  | 'no_added_changes'
  | 'trees_match'
  | 'merge_adds_nothing'
  | 'patch_id_match'

/** Whether the work of one commit is in another, as far as could be told. */
export type Integration =
  | { readonly kind: 'integrated'; readonly reason: IntegrationReason }
  /** `conflicts`: merging would conflict. Orphans share no history with the target; no merge was tried. */
  | { readonly kind: 'separate'; readonly conflicts: boolean; readonly orphan: boolean }
  | { readonly kind: 'unknown' }

const integrated = (reason: IntegrationReason): Integration => ({ kind: 'integrated', reason })
const UNKNOWN: Integration = { kind: 'unknown' }

/** Checks 1 and 2, and what needs no merge to be known: `undefined` when trees must be compared. */
const byRelation = ({ base, head }: Pair, relation: Relation | undefined): Integration | undefined => {
  if (base === head) return integrated('same_commit')
  if (relation === undefined) return UNKNOWN
  if (relation.ahead === 0) return integrated('ancestor')
  if (relation.mergeBase === undefined) return { kind: 'separate', conflicts: false, orphan: true }
  return undefined
}

/** Checks 3 and 4. A diff between two commits is empty exactly when their trees are the same object. */
const byTrees = (
  { base, head }: Pair,
  mergeBase: ObjectId,
  treeOf: (commit: ObjectId) => ObjectId | undefined,
): Integration | undefined => {
  const [mine, theirs, before] = [treeOf(head), treeOf(base), treeOf(mergeBase)]
  if (mine === undefined || theirs === undefined || before === undefined) return UNKNOWN
  if (mine === before) return integrated('no_added_changes')
  if (mine === theirs) return integrated('trees_match')
  return mergeBase === base ? { kind: 'separate', conflicts: false, orphan: false } : undefined
}

/** Checks 5 and 6, for the pairs that are still open: one batch of merges, then one of patch ids for the conflicts. */
const byMerging = async (
  facts: ObjectFacts,
  open: readonly Pair[],
  treeOf: (commit: ObjectId) => ObjectId | undefined,
  verdicts: PairMap<Integration>,
): Promise<void> => {
  const merges = await facts.mergeOutcomes(open)
  const conflicting = open.filter((pair) => merges.get(pair)?.kind === 'conflict')
  const matches = await facts.patchIdMatches(conflicting)
  for (const pair of open) {
    const merge = merges.get(pair)
    if (merge === undefined) verdicts.set(pair, UNKNOWN)
    else if (merge.kind === 'conflict') {
      const found = matches.get(pair) === true
      verdicts.set(pair, found ? integrated('patch_id_match') : { kind: 'separate', conflicts: true, orphan: false })
    } else {
      const nothing = merge.tree === treeOf(pair.base)
      verdicts.set(
        pair,
        nothing ? integrated('merge_adds_nothing') : { kind: 'separate', conflicts: false, orphan: false },
      )
    }
  }
}

/** Whether the work of each pair's `head` is in its `base`: the six checks, in order, the first match wins. */
export const integrationsOf = async (facts: ObjectFacts, pairs: readonly Pair[]): Promise<PairMap<Integration>> => {
  const verdicts = new PairMap<Integration>()
  const distinct = pairs.filter((pair) => pair.base !== pair.head)
  const relations = await facts.relations(distinct)
  const related: { readonly pair: Pair; readonly mergeBase: ObjectId }[] = []
  for (const pair of pairs) {
    const relation = relations.get(pair)
    const verdict = byRelation(pair, relation)
    if (verdict !== undefined) verdicts.set(pair, verdict)
    else if (relation?.mergeBase !== undefined) related.push({ pair, mergeBase: relation.mergeBase })
  }
  const headers = await facts.headers(related.flatMap(({ pair, mergeBase }) => [pair.base, pair.head, mergeBase]))
  const treeOf = (commit: ObjectId): ObjectId | undefined => headers.get(commit)?.tree
  const open: Pair[] = []
  for (const { pair, mergeBase } of related) {
    const verdict = byTrees(pair, mergeBase, treeOf)
    if (verdict === undefined) open.push(pair)
    else verdicts.set(pair, verdict)
  }
  await byMerging(facts, open, treeOf, verdicts)
  return verdicts
}
