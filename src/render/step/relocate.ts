import type { RelocateResult, SkippedEntry } from '../../worktree/relocate/result.ts'
import { countText } from '../amount.ts'
import { message, phrase } from '../message.ts'
import { sanitize } from '../sanitize.ts'
import type { Style } from '../style.ts'

const WHY: Readonly<Record<SkippedEntry['reason'], readonly [why: string, hint: string | undefined]>> = {
  locked: ['it is locked', 'to unlock it: git worktree unlock <path>'],
  uncommitted: ['it has uncommitted changes', 'commit them, or pass --commit'],
  unmerged: ['it has unmerged paths', 'resolve them first'],
  target_is_worktree: ['another worktree is, or will be, in its place', undefined],
  target_blocked: ['something else is in its place', 'to set that aside: --clobber'],
  target_occupied: ['something has appeared in its place', 'to set that aside: --clobber'],
  template_error: ['worktree-path gives no path for it', 'check worktree-path in the configuration'],
  contains_worktree: ['another worktree lies in it', 'move that one first'],
  submodules: ['it has submodules, and git moves no worktree that has', undefined],
  default_branch_in_use: ['the main worktree can’t go back to the default branch', 'see where that is: wt list'],
}

/** What was moved, as `--json` prints it. */
export const relocateJson = ({ dryRun, entries, skipped }: RelocateResult): unknown => ({
  dry_run: dryRun,
  entries,
  skipped: skipped.map(({ branch, reason }) => ({ branch, reason })),
})

const skipLines = ({ branch, reason, detail }: SkippedEntry, style: Style): readonly string[] => {
  const [why, hint] = WHY[reason]
  const say = phrase(style)
  const line = message('warning', say`${branch} stays where it is: ${{ painted: sanitize(detail ?? why) }}`, style)
  return hint === undefined ? [line] : [line, message('hint', hint, style)]
}

const narrate = (result: RelocateResult, style: Style): string => {
  const { dryRun, entries, skipped, setAside, failure, shell, warnings } = result
  const say = phrase(style)
  const moved = dryRun ? [] : entries.map(({ branch, to }) => message('success', say`moved ${branch} to ${to}`, style))
  const nothing = entries.length === 0 && skipped.length === 0 && failure === undefined
  return [
    ...warnings.map((warning) => message('warning', warning, style)),
    ...setAside.map(({ path, to }) => message('info', say`what was at ${path} is at ${to} now`, style)),
    ...moved,
    ...skipped.flatMap((entry) => skipLines(entry, style)),
    ...(failure === undefined
      ? []
      : [message('error', say`${failure.branch} could not be moved: ${failure.message}`, style)]),
    ...(nothing ? [message('info', 'every worktree is where its branch belongs', style)] : []),
    ...(dryRun && !nothing ? [message('info', `would move ${countText(entries.length, 'worktree')}`, style)] : []),
    ...(shell !== undefined && !shell.told
      ? [message('hint', say`your shell’s worktree is at ${shell.path} now`, style)]
      : []),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** What was moved as text: the plan of a dry run on stdout, everything else on stderr. */
export const renderRelocate = (
  result: RelocateResult,
  style: Style,
): { readonly answer: string; readonly narration: string } => ({
  answer: result.dryRun
    ? result.entries.map(({ branch, from, to }) => `${[branch, from, to].map(sanitize).join('\t')}\n`).join('')
    : '',
  narration: narrate(result, style),
})
