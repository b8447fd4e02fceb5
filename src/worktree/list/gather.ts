import type { ObjectFacts, Pair } from '../../core/facts.ts'
import { PairMap } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import { type Integration, integrationsOf } from '../../core/integration.ts'
import { effectiveTargets, type Target, type TargetPair, targetPair } from '../../core/target.ts'
import { type Board, comparedPairs, upstreamOf } from './board.ts'

const bothSides = (pair: TargetPair | undefined): readonly Target[] =>
  pair === undefined ? [] : [pair.local, ...(pair.upstream ? [pair.upstream] : [])]

/** Everything that has to be related to something, asked at once: the history is walked one time. */
const relate = async (board: Board, facts: ObjectFacts): Promise<void> => {
  const { basis } = board
  const { refs, defaultBranch } = basis
  const target = defaultBranch === undefined ? undefined : targetPair(refs, defaultBranch)
  const sides = bothSides(target)
  const between: Pair | undefined = target?.upstream && { base: target.local.oid, head: target.upstream.oid }
  const upstreams = basis.subjects.flatMap((subject): Pair[] => {
    const upstream = upstreamOf(refs, subject)
    return upstream === undefined || subject.head === undefined ? [] : [{ base: upstream.oid, head: subject.head }]
  })
  const pairs = [...(between ? [between] : []), ...sides.flatMap(({ oid }) => comparedPairs(basis, oid)), ...upstreams]
  const relations = await facts.relations(pairs.filter(({ base, head }) => base !== head))
  board.targets = target === undefined ? [] : effectiveTargets(target, between && relations.get(between))
  board.relations = relations
}

/** The pairs of the first target that share history, each with its merge base. */
const spans = (board: Board): readonly { readonly pair: Pair; readonly mergeBase: ObjectId }[] => {
  const base = board.targets?.[0]?.oid
  if (base === undefined) return []
  return comparedPairs(board.basis, base).flatMap((pair) => {
    const mergeBase = pair.base === pair.head ? pair.base : board.relations?.get(pair)?.mergeBase
    return mergeBase === undefined ? [] : [{ pair, mergeBase }]
  })
}

const describe = async (board: Board, facts: ObjectFacts): Promise<void> => {
  const heads = board.basis.subjects.flatMap(({ head }) => (head === undefined ? [] : [head]))
  const targets = (board.targets ?? []).map(({ oid }) => oid)
  // The trees of merge bases are wanted by the integration checks: one question for all.
  const open = spans(board).filter(({ pair, mergeBase }) => mergeBase !== pair.head)
  board.headers = await facts.headers([...heads, ...targets, ...open.map(({ mergeBase }) => mergeBase)])
}

const count = async (board: Board, facts: ObjectFacts): Promise<void> => {
  const changed = spans(board).filter(({ pair, mergeBase }) => mergeBase !== pair.head)
  board.counts = await facts.lineCounts(changed.map(({ pair, mergeBase }) => ({ base: mergeBase, head: pair.head })))
}

/** Judges against the first target, and what is not in it against the second. */
const judge = async (board: Board, facts: ObjectFacts): Promise<void> => {
  const verdicts = new PairMap<Integration>()
  const settled = new Set<ObjectId>()
  for (const { oid } of board.targets ?? []) {
    const pairs = comparedPairs(board.basis, oid).filter(({ head }) => !settled.has(head))
    const found = await integrationsOf(facts, pairs)
    for (const pair of pairs) {
      const verdict = found.get(pair)
      if (verdict === undefined) continue
      verdicts.set(pair, verdict)
      if (verdict.kind === 'integrated') settled.add(pair.head)
    }
  }
  board.verdicts = verdicts
}

/** Fills in what object ids can tell, one batch after the other; `changed` is called after each. */
export const gatherFacts = async (board: Board, facts: ObjectFacts, changed: () => void): Promise<void> => {
  await relate(board, facts)
  changed()
  await Promise.all([
    describe(board, facts).then(async () => {
      changed()
      await judge(board, facts)
      changed()
    }),
    count(board, facts).then(changed),
  ])
}
