import { setPriority } from 'node:os'
import { WtError } from '../../core/errors.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { listTracked } from '../../git/ignored.ts'
import { isSamePlace } from '../../git/paths.ts'
import { gatherIgnored, nestedIn, readInclude, rulesFrom } from '../ignored/entries.ts'
import { type Look, type LookPorts, lookAt } from '../look.ts'
import { namedWorktree, usable, worktreeHere } from '../named-worktree.ts'
import { copyTree } from './copy-tree.ts'
import type { CopyIgnoredResult } from './result.ts'

export interface CopyIgnoredOptions {
  /** Selectors; see `select.ts`. Default: the primary worktree, and the one at hand. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Plan only. */
  readonly dryRun: boolean
  /** Replace files that are there. */
  readonly force: boolean
  /** Copy nothing where there is no `.worktreeinclude`. */
  readonly requireInclude: boolean
}

/** How much a process gives way to others, out of 19. */
const GIVE_WAY = 15

const primaryWorktree = ({ primary }: Look): Worktree => {
  if (primary !== undefined) return usable(primary)
  throw new WtError('NO_WORKTREE_OF_BRANCH', 'there is no primary worktree to copy from', {
    hint: 'to say which: --from <branch>',
  })
}

const excludeRules = ({ config, projectConfig }: Look) => {
  const patterns = [...projectConfig.copyIgnoredExclude, ...config.copyIgnoredExclude]
  return patterns.length === 0 ? undefined : rulesFrom(patterns, 'step.copy-ignored.exclude')
}

/**
 * Copies what git ignores from one worktree to another: build output, dependencies, local settings. Two gits besides those
 * of the look around, however many files there are. Throws NO_WORKTREE_OF_BRANCH, WORKTREE_UNUSABLE, PATTERN_INVALID,
 * COPY_FAILED, and what `lookAt` and `selectTarget` throw.
 */
export const runCopyIgnored = async (ports: LookPorts, options: CopyIgnoredOptions): Promise<CopyIgnoredResult> => {
  const look = await lookAt(ports, { lookOnly: options.dryRun })
  const { git } = look.repository
  const source = options.from === undefined ? primaryWorktree(look) : namedWorktree(look, options.from, ports)
  const target = options.to === undefined ? worktreeHere(look) : namedWorktree(look, options.to, ports)
  const [from, to] = [source.path, target.path] as const
  if (isSamePlace(from, to)) return { kind: 'same-worktree', from, to }
  const exclude = excludeRules(look)
  const include = readInclude(from)
  const includeMissing = options.requireInclude && include === undefined
  const selection = { include, exclude, nested: nestedIn(look.worktrees, from) }
  const [entries, tracked] = includeMissing
    ? [[], []]
    : await Promise.all([gatherIgnored(git, from, selection), options.dryRun ? [] : listTracked(git, to)])
  const selected = { from, to, includeMissing, entries }
  if (options.dryRun) return { kind: 'planned', ...selected }
  if (ports.env['WT_FOREGROUND'] === '-1') setPriority(GIVE_WAY)
  const copied = await copyTree({
    ...selected,
    exclude,
    tracked: new Set(tracked),
    closed: nestedIn(look.worktrees, to),
    overwrite: options.force,
    selective: true,
  })
  return { kind: 'copied', ...selected, ...copied }
}
