import type { BranchName, ObjectId, RefName, RepoId } from './ids.ts'
import { branchRef } from './ids.ts'

/** One ref at one moment. */
export interface RefEntry {
  readonly name: RefName
  readonly oid: ObjectId
  /** The tracking ref that the branch's configuration names; it may not exist (a gone upstream). */
  readonly upstream?: RefName
  /** Where a symbolic ref points. */
  readonly symref?: RefName
}

/** Where every ref of one repository pointed at one moment. It cannot be updated: after a ref write, take another. */
export class RefSnapshot {
  readonly repo: RepoId
  readonly #byName: ReadonlyMap<RefName, RefEntry>

  constructor(repo: RepoId, entries: Iterable<RefEntry>) {
    this.repo = repo
    const byName = new Map<RefName, RefEntry>()
    for (const entry of entries) byName.set(entry.name, Object.freeze({ ...entry }))
    this.#byName = byName
    Object.freeze(this)
  }

  /** The id that a qualified ref pointed at. */
  resolve(name: RefName): ObjectId | undefined {
    return this.#byName.get(name)?.oid
  }

  /** The commit that a branch pointed at. */
  tip(branch: BranchName): ObjectId | undefined {
    return this.resolve(branchRef(branch))
  }

  /** The tracking ref of a branch, if it exists; a gone upstream counts as none. */
  upstreamOf(branch: BranchName): RefName | undefined {
    const upstream = this.#byName.get(branchRef(branch))?.upstream
    return upstream !== undefined && this.#byName.has(upstream) ? upstream : undefined
  }

  /** The entry of a qualified ref. */
  entry(name: RefName): RefEntry | undefined {
    return this.#byName.get(name)
  }

  /** All entries, in the order in which git printed them (by name). */
  entries(): IterableIterator<RefEntry> {
    return this.#byName.values()
  }
}

/** How one ref differs between two snapshots. */
export interface RefChange {
  readonly name: RefName
  readonly before: ObjectId | undefined
  readonly after: ObjectId | undefined
}

/** What differs between two snapshots, by name. */
export const diffRefs = (before: RefSnapshot, after: RefSnapshot): readonly RefChange[] => {
  const names = new Set<RefName>()
  for (const { name } of before.entries()) names.add(name)
  for (const { name } of after.entries()) names.add(name)
  return [...names]
    .sort()
    .map((name) => ({ name, before: before.resolve(name), after: after.resolve(name) }))
    .filter((change) => change.before !== change.after)
}
