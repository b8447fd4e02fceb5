import { lstatSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { carriesRawBytes } from '../../core/bytes.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { PlacedPath } from '../../core/worktree-path.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { canonical, kindOf, namesIn, onDisk } from '../../git/paths.ts'
import { readStatuses, type WorktreeStatus } from '../../git/status.ts'
import type { Look } from '../look.ts'
import { usable } from '../named-worktree.ts'
import { expectedPaths } from '../path-template.ts'
import { type SelectPlace, selectTarget } from '../select.ts'
import type { RelocationFacts, RelocationSkip, Stray } from './plan.ts'

export interface RelocateRequest {
  /** Selectors; none: every worktree. */
  readonly targets: readonly string[]
  readonly commit: boolean
  readonly clobber: boolean
}

type OnBranch = Worktree & { readonly branch: BranchName }

const isOnBranch = (worktree: Worktree): worktree is OnBranch => worktree.branch !== undefined

const named = (look: Look, token: string, place: SelectPlace): OnBranch => {
  const selected = selectTarget(look, token, place)
  if (selected.kind === 'branch') {
    throw new WtError('NO_WORKTREE_OF_BRANCH', `branch ${selected.branch} has no worktree`, {
      hint: 'to see the worktrees: wt list',
    })
  }
  const worktree = usable(selected.worktree)
  if (isOnBranch(worktree)) return worktree
  throw new WtError('DETACHED_HEAD', `no branch is checked out at ${worktree.path}`, {
    hint: 'only a branch says where its worktree belongs',
  })
}

/** The worktrees that are asked about, each once. */
const chosen = (look: Look, { targets }: RelocateRequest, place: SelectPlace): readonly OnBranch[] =>
  targets.length > 0
    ? [...new Set(targets.map((token) => named(look, token, place)))]
    : look.worktrees.worktrees
        .filter(isOnBranch)
        .filter(({ prunable, broken }) => prunable === undefined && broken === undefined)

const ownReason = (
  look: Look,
  worktree: OnBranch,
  status: WorktreeStatus | undefined,
  { commit }: RelocateRequest,
): RelocationSkip | undefined => {
  const { worktrees } = look.worktrees
  const main = worktree.id === undefined
  if (worktree.locked !== undefined) return 'locked'
  if (commit && status?.entries.some(({ unmerged }) => unmerged)) return 'unmerged'
  const dirty = status !== undefined && status.entries.length > 0
  if (main && ((dirty && !commit) || worktree.operation !== undefined)) return 'uncommitted'
  if (!main) return namesIn(join(worktree.gitDir, 'modules')).length > 0 ? 'submodules' : undefined
  const { defaultBranch } = look
  const there = defaultBranch !== undefined && look.refs.tip(defaultBranch) !== undefined
  const held = worktrees.some(({ branch, borrowed }) => (branch ?? borrowed) === defaultBranch)
  return there && !held ? undefined : 'default_branch_in_use'
}

const isThere = (path: AbsolutePath): boolean => {
  try {
    return lstatSync(onDisk(path), { throwIfNoEntry: false }) !== undefined
  } catch {
    return kindOf(path) !== undefined
  }
}

/** Where a target is, links above it followed; one at the target itself is what stands in the way. */
const placed = (place: PlacedPath): AbsolutePath | undefined =>
  // An argument of git can't hold bytes that are not UTF-8.
  place.kind === 'path' && !carriesRawBytes(place.path)
    ? (join(canonical(dirname(place.path)), basename(place.path)) as AbsolutePath)
    : undefined

export interface Gathered {
  readonly facts: RelocationFacts
  /** Those that have something to commit, where that was asked for. */
  readonly dirty: ReadonlyMap<BranchName, Worktree>
  readonly warnings: readonly string[]
}

/** What the plan leans on. A `git status` for each stray with `commit`, and for the main worktree. */
export const gatherRelocation = async (look: Look, request: RelocateRequest, place: SelectPlace): Promise<Gathered> => {
  const pathOf = await expectedPaths(look, place.home)
  const expected = new Map(chosen(look, request, place).map((worktree) => [worktree, pathOf(worktree.branch)] as const))
  const warnings = [...expected].flatMap(([{ branch }, to]) => (to.kind === 'path' ? [] : [`${branch}: ${to.message}`]))
  const strays = [...expected].filter(([{ path }, to]) => to.kind !== 'path' || canonical(to.path) !== canonical(path))
  const asked = strays.map(([worktree]) => worktree).filter(({ id }) => request.commit || id === undefined)
  const answers = await Promise.all(
    readStatuses(
      look.repository.git,
      asked.map(({ path }) => path),
    ),
  )
  const statuses = new Map(asked.map((worktree, at) => [worktree, answers[at]] as const))
  const listed = strays.map(([worktree, to]): Stray => {
    const stays = ownReason(look, worktree, statuses.get(worktree), request)
    const from = canonical(worktree.path)
    return { branch: worktree.branch, from, to: placed(to), main: worktree.id === undefined, stays }
  })
  const targets = listed.flatMap(({ to }) => to ?? [])
  return {
    facts: {
      strays: listed,
      registered: look.worktrees.worktrees.map(({ path }) => canonical(path)),
      occupied: new Set(targets.filter(isThere)),
      clobber: request.clobber,
    },
    dirty: new Map(
      asked.filter((worktree) => (statuses.get(worktree)?.entries.length ?? 0) > 0).map((it) => [it.branch, it]),
    ),
    warnings,
  }
}
