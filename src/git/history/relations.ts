import type { CommitDag } from './dag.ts'
import { findFirstPainted } from './first-painted.ts'
import type { CorrectedDates } from './graph-dates.ts'
import { createSweep, type SweepNotes } from './sweep.ts'

/** How two nodes stand to each other. */
interface NodeRelation {
  readonly ahead: number
  readonly behind: number
  readonly mergeBase: number | undefined
}

/** Answers about nodes. */
export interface Relations {
  relation(base: number, head: number): NodeRelation
  /** The nodes that `head` reaches and `base` does not, children before parents. */
  ahead(base: number, head: number): readonly number[]
}

export interface RelationsOptions {
  /** Nodes that are likely to be asked about next. */
  readonly tips: readonly number[]
  readonly corrected: CorrectedDates | undefined
}

/**
 * How many heads the n-th sweep with one base takes along: a base that is asked about once costs one pair, and one that
 * is asked about again is likely to be asked about every tip. A sweep for a thousand heads costs little more than for one.
 */
const COMPANY = [1, 32, 512, 2048]

interface BaseView {
  readonly known: Map<number, NodeRelation>
  sweeps: number
}

/** Lowest first. Numbers that carry level and node sort without a comparison function, which takes a tenth of the time. */
const sortByLevel = (dag: CommitDag, nodes: readonly number[]): readonly number[] => {
  const keys = Float64Array.from(nodes, (node) => dag.levelOf(node) * 2 ** 31 + node).sort()
  return Array.from(keys, (key) => key % 2 ** 31)
}

/** Compares nodes of a dag, and remembers what it found on the way. */
export const createRelations = (dag: CommitDag, { tips, corrected }: RelationsOptions): Relations => {
  const sweep = createSweep(dag)
  const views = new Map<number, BaseView>()
  let order: readonly number[] | undefined

  const breakTie = (base: number, head: number): number | undefined => {
    const notes: SweepNotes = { ahead: [], mergeBases: [] }
    sweep(base, [head], notes)
    return findFirstPainted(dag, { base, head, candidates: new Set(notes.mergeBases) }, corrected)
  }
  const viewOf = (base: number): BaseView => {
    const found = views.get(base)
    if (found !== undefined) return found
    const made: BaseView = { known: new Map(), sweeps: 0 }
    views.set(base, made)
    return made
  }
  /** The head and the tips next to it by level: what lies between them and the base is much the same. */
  const companyOf = (view: BaseView, head: number): readonly number[] => {
    const size = COMPANY[Math.min(view.sweeps++, COMPANY.length - 1)] as number
    const heads = [head]
    if (size === 1) return heads
    order ??= sortByLevel(dag, tips)
    const level = dag.levelOf(head)
    let after = order.findIndex((tip) => dag.levelOf(tip) >= level)
    if (after < 0) after = order.length
    for (let before = after - 1; heads.length < size && (before >= 0 || after < order.length); before--, after++) {
      for (const tip of [order[before], order[after]]) {
        if (tip !== undefined && tip !== head && !view.known.has(tip)) heads.push(tip)
      }
    }
    return heads
  }
  return {
    relation: (base, head) => {
      const view = viewOf(base)
      const known = view.known.get(head)
      if (known !== undefined) return known
      const heads = companyOf(view, head)
      const found = sweep(base, heads)
      heads.forEach((each, at) => {
        const best = found.mergeBase[at] as number
        view.known.set(each, {
          ahead: found.ahead[at] as number,
          behind: found.behind[at] as number,
          mergeBase: found.tied[at] === 1 ? breakTie(base, each) : best < 0 ? undefined : best,
        })
      })
      return view.known.get(head) as NodeRelation
    },
    ahead: (base, head) => {
      const notes: SweepNotes = { ahead: [], mergeBases: [] }
      sweep(base, [head], notes)
      return notes.ahead
    },
  }
}
