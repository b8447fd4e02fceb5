import type { BranchName, ObjectId } from './ids.ts'
import { shareOf } from './name-hash.ts'

/** How the checks of a branch stand. */
const CI_STATUSES = ['passed', 'running', 'failed', 'conflicts', 'no-ci', 'error'] as const

type CiStatus = (typeof CI_STATUSES)[number]

/** What was last heard of the checks of a branch. */
export interface CiEntry {
  readonly branch: BranchName
  readonly status: CiStatus
  /** Seconds since 1970. */
  readonly checkedAt: number
  /** The commit that was asked about. */
  readonly head: string
}

/** Reads an entry of the cache; undefined for what is none. */
export const parseCiEntry = (text: string): CiEntry | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { branch, status, checked_at: checkedAt, head } = (value ?? {}) as Readonly<Record<string, unknown>>
  const known = CI_STATUSES.find((each) => each === status)
  if (known === undefined || typeof branch !== 'string' || typeof checkedAt !== 'number' || typeof head !== 'string')
    return undefined
  return { branch: branch as BranchName, status: known, checkedAt, head }
}

/** Seconds that an entry counts for at least, and by how much more, so that repositories do not all ask at once. */
const LASTS = 30
const SPREAD = 30

/**
 * Whether an entry still tells of a branch: of its commit, and not too long ago. `root` is the repository's; `now` is in
 * milliseconds since 1970.
 */
export const isCurrent = (
  { branch, checkedAt, head }: CiEntry,
  at: { readonly branch: BranchName; readonly tip: ObjectId | undefined; readonly root: string; readonly now: number },
): boolean => {
  const age = at.now / 1000 - checkedAt
  return branch === at.branch && head === at.tip && age >= 0 && age < LASTS + shareOf(at.root, SPREAD)
}
