import type { Relation } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import { DamagedHistory } from './dag.ts'
import type { CorrectedDates } from './graph-dates.ts'
import type { NamedDag } from './listed-commits.ts'
import { createRelations } from './relations.ts'

/** Answers about commits that are in memory. A commit that is not known makes any answer undefined. */
export interface History {
  /**
   * As `git rev-list --left-right --count base...head` and the first line of `git merge-base --all base head` would say.
   * Without `--all` a recent git may name another of several equally good ancestors, depending on its commit-graph.
   */
  relation(base: ObjectId, head: ObjectId): Relation | undefined
  /** As `git merge-base --is-ancestor`: a commit is its own ancestor. */
  isAncestor(ancestor: ObjectId, descendant: ObjectId): boolean | undefined
  /** `git rev-list base..head`, children before parents; undefined as well when there are more than `limit`. */
  since(base: ObjectId, head: ObjectId, limit: number): readonly ObjectId[] | undefined
}

export interface OpenHistoryOptions {
  /** The commits that are likely to be asked about. */
  readonly tips: readonly ObjectId[]
  /** Nodes found before, so that they need not be looked for again. */
  readonly nodes: ReadonlyMap<ObjectId, number>
  readonly corrected: CorrectedDates | undefined
}

/** Answers questions from a dag. When that turns out to be damaged, every answer is undefined from then on. */
export const openHistory = ({ dag, ids }: NamedDag, options: OpenHistoryOptions): History => {
  const nodes = new Map(options.nodes)
  const nodeOf = (id: ObjectId): number => {
    let node = nodes.get(id)
    if (node === undefined) {
      node = ids.indexOf(id)
      nodes.set(id, node)
    }
    return node
  }
  const tips = [...new Set(options.tips)].map(nodeOf).filter((node) => node >= 0)
  const relations = createRelations(dag, { tips, corrected: options.corrected })
  let damaged = false
  const ask = <Answer>(base: ObjectId, head: ObjectId, answer: (base: number, head: number) => Answer) => {
    const one = nodeOf(base)
    const two = nodeOf(head)
    if (damaged || one < 0 || two < 0) return undefined
    try {
      return answer(one, two)
    } catch (error) {
      if (!(error instanceof DamagedHistory)) throw error
      damaged = true
      return undefined
    }
  }
  return {
    relation: (base, head) =>
      ask(base, head, (one, two) => {
        const { ahead, behind, mergeBase } = relations.relation(one, two)
        return { ahead, behind, mergeBase: mergeBase === undefined ? undefined : ids.idAt(mergeBase) }
      }),
    isAncestor: (ancestor, descendant) =>
      ask(descendant, ancestor, (base, head) => relations.relation(base, head).ahead === 0),
    since: (base, head, limit) =>
      ask(base, head, (one, two) => {
        const { ahead } = relations.relation(one, two)
        if (ahead > limit) return undefined
        return ahead === 0 ? [] : relations.ahead(one, two).map(ids.idAt)
      }),
  }
}
