import type { ObjectId } from './ids.ts'

/** Two commits that a question is about. `base` is what `head` is compared with. */
export interface Pair {
  readonly base: ObjectId
  readonly head: ObjectId
}

/** Answers keyed by pair. A pair without an entry could not be answered. */
export class PairMap<Value> {
  readonly #values = new Map<string, Value>()

  get(pair: Pair): Value | undefined {
    return this.#values.get(pair.base + pair.head)
  }

  set(pair: Pair, value: Value): this {
    this.#values.set(pair.base + pair.head, value)
    return this
  }
}

/** How two commits stand to each other. `head` is an ancestor of `base` exactly when `ahead` is 0. */
export interface Relation {
  /** Commits that `head` reaches and `base` does not. */
  readonly ahead: number
  /** Commits that `base` reaches and `head` does not. */
  readonly behind: number
  /** The best common ancestor, the one `git merge-base --all` prints first; undefined for unrelated histories. */
  readonly mergeBase: ObjectId | undefined
}

/** What a commit says of itself. */
export interface CommitHeader {
  readonly tree: ObjectId
  /** Committer date, seconds since 1970. May be negative or far in the future. */
  readonly committedAt: number
  readonly subject: string
  /** Abbreviated by git, following `core.abbrev`. */
  readonly abbreviated: string
}

/** Lines added and deleted, renames paired. */
export interface LineCounts {
  readonly added: number
  readonly deleted: number
}

/** What merging `head` into `base` would give: a tree, or a conflict. */
export type MergeOutcome = { readonly kind: 'clean'; readonly tree: ObjectId } | { readonly kind: 'conflict' }

/**
 * Questions about objects, asked in batches. Only object ids go in, so an answer never goes stale and may be kept for
 * ever. What could not be answered (a missing object, a git that failed) is missing from the answer.
 */
export interface ObjectFacts {
  relations(pairs: readonly Pair[]): Promise<PairMap<Relation>>
  headers(commits: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, CommitHeader>>
  /** Lines changed from the tree of `base` to the tree of `head`. */
  lineCounts(pairs: readonly Pair[]): Promise<PairMap<LineCounts>>
  mergeOutcomes(pairs: readonly Pair[]): Promise<PairMap<MergeOutcome>>
  /** Whether one commit of `base` since the merge base carries the whole change of `head` (a squash merge). */
  patchIdMatches(pairs: readonly Pair[]): Promise<PairMap<boolean>>
}
