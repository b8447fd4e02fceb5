import type { AbsolutePath, BranchName } from '../../core/ids.ts'

/** Why a worktree stays where it is. */
export type RelocationSkip =
  | 'locked'
  | 'uncommitted'
  | 'unmerged'
  | 'target_is_worktree'
  | 'target_blocked'
  | 'target_occupied'
  | 'template_error'
  /** Moving it would take another worktree along. */
  | 'contains_worktree'
  /** git moves no worktree that has submodules. */
  | 'submodules'
  /** The main worktree must go back to the default branch, which another worktree has checked out, or is unknown. */
  | 'default_branch_in_use'

/** A worktree that does not stand where its branch belongs. */
export interface Stray {
  readonly branch: BranchName
  readonly from: AbsolutePath
  /** Undefined where the template gives no path. */
  readonly to: AbsolutePath | undefined
  /** The main worktree can't be moved: it goes back to the default branch, and the branch gets a worktree. */
  readonly main: boolean
  /** Reasons of its own to stay. */
  readonly stays: RelocationSkip | undefined
}

export interface RelocationFacts {
  readonly strays: readonly Stray[]
  /** Every registered worktree, strays included, canonical as all paths here. */
  readonly registered: readonly AbsolutePath[]
  /** Targets at which there is something, links that lead nowhere included. */
  readonly occupied: ReadonlySet<AbsolutePath>
  readonly clobber: boolean
}

/** One worktree's move. `via`: it stands in another's way within a circle, and has to step aside first. */
export interface Move {
  readonly branch: BranchName
  readonly from: AbsolutePath
  readonly to: AbsolutePath
  readonly main: boolean
  /** What is at the target is set aside first. */
  readonly clobbers: boolean
}

export interface RelocationPlan {
  /** In this order each target is free when its turn comes, but for circles. */
  readonly moves: readonly Move[]
  /** Those of `moves` that have to step aside before anything else moves, one for each circle. */
  readonly aside: readonly Move[]
  readonly skipped: readonly { readonly branch: BranchName; readonly reason: RelocationSkip }[]
}

const isBelow = (path: string, directory: string): boolean => path.startsWith(`${directory}/`)

type Mover = Stray & { readonly to: AbsolutePath }

/** Why a stray can't go, as long as just `movers` go; undefined if it can. */
const obstacleFor = (stray: Mover, movers: ReadonlySet<Mover>, facts: RelocationFacts): RelocationSkip | undefined => {
  const { from, to, main } = stray
  const leaving = [...movers].filter((mover) => !mover.main).map((mover) => mover.from)
  const nested = main ? [] : facts.registered.filter((path) => isBelow(path, from))
  const takenAlong = nested.some(
    (path) => ![...movers].some((mover) => mover.from === path && !isBelow(mover.to, from)),
  )
  if (takenAlong) return 'contains_worktree'
  if (to === from || isBelow(to, from)) return 'target_blocked'
  if (facts.registered.includes(to)) return leaving.includes(to) ? undefined : 'target_is_worktree'
  if (facts.registered.some((path) => isBelow(path, to))) return 'target_is_worktree'
  return facts.occupied.has(to) && !facts.clobber ? 'target_blocked' : undefined
}

/** Leaves out whoever can't go, then whoever waits for them, until all that are left can. */
const settle = (
  strays: readonly Mover[],
  facts: RelocationFacts,
): { readonly movers: ReadonlySet<Mover>; readonly reasons: ReadonlyMap<Stray, RelocationSkip> } => {
  const reasons = new Map<Stray, RelocationSkip>()
  const movers = new Set<Mover>()
  const targets = new Set<AbsolutePath>()
  for (const stray of strays) {
    // Two branches whose names come out alike: the first has the place.
    if (targets.has(stray.to)) reasons.set(stray, 'target_is_worktree')
    else movers.add(stray)
    targets.add(stray.to)
  }
  for (let before = -1; before !== movers.size; ) {
    before = movers.size
    for (const mover of [...movers]) {
      const reason = obstacleFor(mover, movers, facts)
      if (reason === undefined) continue
      reasons.set(mover, reason)
      movers.delete(mover)
    }
  }
  return { movers, reasons }
}

/** Whoever stands on another's target goes first, and so do worktrees inside of others. What waits in a circle is last. */
const inOrder = (
  movers: ReadonlySet<Mover>,
): { readonly ordered: readonly Mover[]; readonly circles: readonly Mover[] } => {
  const left = [...movers]
  const ordered: Mover[] = []
  const circles: Mover[] = []
  const gone = new Set<Mover>()
  const waits = (mover: Mover): boolean =>
    left.some((other) => other !== mover && !gone.has(other) && !other.main && blocks(other, mover))
  while (left.length > 0) {
    const at = left.findIndex((mover) => !waits(mover))
    if (at >= 0) ordered.push(...left.splice(at, 1))
    else {
      // Only circles are left: one steps aside, and the others can go.
      const first = left.find((mover) => !gone.has(mover)) as Mover
      circles.push(first)
      gone.add(first)
    }
  }
  return { ordered, circles }
}

const blocks = (other: Mover, mover: Mover): boolean => other.from === mover.to || isBelow(other.from, mover.from)

/** Plans every move before the first one is made. What can't be finished is not begun. */
export const planRelocation = (facts: RelocationFacts): RelocationPlan => {
  const can = facts.strays.filter((stray): stray is Mover => stray.to !== undefined && stray.stays === undefined)
  const { movers, reasons } = settle(can, facts)
  const { ordered, circles } = inOrder(movers)
  const moveOf = ({ branch, from, to, main }: Mover): Move => {
    const clobbers = facts.occupied.has(to) && !facts.registered.includes(to)
    return { branch, from, to, main, clobbers }
  }
  const moves = ordered.map(moveOf)
  return {
    moves,
    aside: circles.map(({ from }) => moves.find((move) => move.from === from) as Move),
    skipped: facts.strays.flatMap((stray) => {
      const reason = stray.stays ?? (stray.to === undefined ? 'template_error' : reasons.get(stray))
      return reason === undefined ? [] : [{ branch: stray.branch, reason }]
    }),
  }
}
