import { WtError } from '../../core/errors.ts'
import type { Pair, Relation } from '../../core/facts.ts'
import { type ObjectId, type RefName, shortRefName } from '../../core/ids.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { type FactStore, openFactStore } from '../../git/facts/open-store.ts'
import type { Look } from '../look.ts'
import type { UpstreamRelation } from './plan.ts'
import type { LandTarget } from './target.ts'

/** How the work to be landed stands to its target. */
export interface Span {
  /** What the work is measured from: the target, or its upstream where the work builds on more of that. */
  readonly from: { readonly name: string; readonly oid: ObjectId; readonly ref?: RefName }
  /** `from` is the base, HEAD the head. */
  readonly relation: Relation
  /** The target is the base, HEAD the head. */
  readonly local: Relation
  readonly upstream: UpstreamRelation | undefined
}

const known = (relation: Relation | undefined): Relation => {
  if (relation !== undefined) return relation
  throw new WtError('GIT_FAILED', 'the history could not be read', { hint: 'to see why: git fsck' })
}

/** The same with facts that are open already. */
export const spanOf = async (
  { facts }: Pick<FactStore, 'facts'>,
  refs: RefSnapshot,
  target: LandTarget,
  head: ObjectId,
): Promise<Span> => {
  const ref = target.branch === undefined ? undefined : refs.upstreamOf(target.branch)
  const oid = ref === undefined ? undefined : refs.resolve(ref)
  const toLocal: Pair = { base: target.oid, head }
  if (ref === undefined || oid === undefined || oid === target.oid) {
    const local = known((await facts.relations([toLocal])).get(toLocal))
    return { from: target, relation: local, local, upstream: undefined }
  }
  const toUpstream: Pair = { base: oid, head }
  const between: Pair = { base: oid, head: target.oid }
  const relations = await facts.relations([toLocal, toUpstream, between])
  const [local, other] = [known(relations.get(toLocal)), known(relations.get(toUpstream))]
  const fork = other.mergeBase
  const lent: Pair | undefined = fork && { base: target.oid, head: fork }
  const forkIsLocal = lent === undefined || known((await facts.relations([lent])).get(lent)).ahead === 0
  const name = shortRefName(ref)
  const localIsBehind = known(relations.get(between)).ahead === 0
  const upstream = { name, forkIsLocal, localIsBehind }
  if (forkIsLocal) return { from: target, relation: local, local, upstream }
  return { from: { name, oid, ref }, relation: other, local, upstream }
}

/**
 * Measures the work at `head` against a target, from the newer of the target and its upstream: a local branch that
 * lags behind must not make upstream commits look like work. Throws GIT_FAILED when the history can't be read.
 */
export const measureSpan = async (look: Look, target: LandTarget, head: ObjectId): Promise<Span> => {
  const store = openFactStore(look.repository, look.refs)
  try {
    return await spanOf(store, look.refs, target, head)
  } finally {
    store.close()
  }
}
