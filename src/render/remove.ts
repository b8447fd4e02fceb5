import { showBytes } from '../core/byte-count.ts'
import { WtError } from '../core/errors.ts'
import { shortRefName } from '../core/ids.ts'
import type { IntegrationReason } from '../core/integration.ts'
import { shellWord } from '../core/shell-word.ts'
import type { BranchOutcome, KeptFiles, RemovalOutcome, RemoveResult, SizedPath } from '../worktree/remove/result.ts'
import { renderPlan } from './dry-run.ts'
import { renderError, renderRefusal } from './error.ts'
import { renderHookEvent } from './hooks.ts'
import { renderStay } from './landing.ts'
import { gutter, type MessageKind, message, type Phrase, phrase } from './message.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'

/** How each check is put into words. */
export const REASONS: Readonly<Record<IntegrationReason, string>> = {
  same_commit: 'same commit as',
  ancestor: 'ancestor of',
  no_added_changes: 'no added changes on',
  trees_match: 'tree matches',
  merge_adds_nothing: 'all changes in',
  patch_id_match: 'all changes in',
}

type Line = (kind: MessageKind, text: string | Phrase) => string

const lines =
  (style: Style): Line =>
  (kind, text) =>
    `${message(kind, text, style)}\n`

const asError = (error: unknown): WtError =>
  error instanceof WtError ? error : new WtError('GIT_FAILED', error instanceof Error ? error.message : String(error))

type Deleted = BranchOutcome & { readonly kind: 'deleted' }

const proofWords = ({ proof }: Deleted, style: Style): string => {
  const say = phrase(style)
  if (proof === undefined) return say`unproven`.painted
  return say`${{ painted: REASONS[proof.reason] }} ${shortRefName(proof.ref)}`.painted
}

/** What is said of a branch beyond the first line. */
const branchLines = (branch: string, outcome: BranchOutcome, style: Style): string => {
  const [say, line] = [phrase(style), lines(style)]
  switch (outcome.kind) {
    case 'deleted':
      return line('hint', say`to have the branch back: git branch ${shellWord(branch)} ${outcome.was.slice(0, 12)}`)
    case 'retained_unmerged': {
      const { refusal, surprising } = outcome
      return (
        line(surprising ? 'warning' : 'info', say`kept: ${{ painted: sanitize(refusal.message) }}`) +
        line('hint', refusal.hint ?? '')
      )
    }
    case 'retained_checked_out':
      return line('warning', say`branch ${branch} is kept: it has been checked out at ${outcome.at ?? 'another place'}`)
    case 'retained_raced':
      return line('warning', say`branch ${branch} is kept: it, or what proved it, has moved meanwhile`)
    case 'retained_failed':
      return line('error', say`branch ${branch} could not be deleted`) + renderError(asError(outcome.error), style)
    case 'not_attempted':
      if (outcome.why === 'shared') {
        const place = outcome.at ?? 'another place'
        return line(
          outcome.forced ? 'warning' : 'info',
          say`branch ${branch} is kept: it is checked out at ${place}, too`,
        )
      }
      return outcome.why === 'asked' ? line('info', say`branch ${branch} is kept, as asked`) : ''
  }
}

const sizes = (paths: readonly SizedPath[]): string => {
  const bytes = paths.reduce((sum, path) => sum + path.bytes, 0)
  return `${paths.some(({ more }) => more) ? 'more than ' : ''}${showBytes(bytes)}`
}

/** Where not everything was counted, how many files there are says nothing. */
const amount = (paths: readonly SizedPath[]): string => {
  const files = paths.reduce((sum, path) => sum + path.files, 0)
  return paths.some(({ more }) => more) ? sizes(paths) : `${files} ${files === 1 ? 'file' : 'files'}, ${sizes(paths)}`
}

const named = (paths: readonly SizedPath[]): string =>
  [...paths.slice(0, 3).map(({ path }) => path), ...(paths.length > 3 ? [`${paths.length - 3} more`] : [])].join(', ')

const keptLines = ({ place, discarded, ignored, dropped }: KeptFiles, style: Style): string => {
  const [say, line] = [phrase(style), lines(style)]
  const parts = [
    ...(discarded.length > 0 ? [`${discarded.length} not committed`] : []),
    ...(ignored.length > 0 ? [`${ignored.length} ignored (${sizes(ignored)})`] : []),
  ]
  const kept =
    parts.length === 0 ? '' : line('info', say`kept for 30 days: ${{ painted: parts.join(', ') }}, in ${place}`)
  if (dropped.length === 0) return kept
  const what = { painted: amount(dropped) }
  return kept + line('info', say`ignored and over the limit, deleted: ${named(dropped)} (${what})`)
}

const headline = (what: Phrase, branch: string | undefined, outcome: BranchOutcome, style: Style): string => {
  const say = phrase(style)
  if (outcome.kind !== 'deleted' || branch === undefined) return lines(style)('success', what)
  const proof = { painted: proofWords(outcome, style) }
  return lines(style)('success', say`${what}, deleted branch ${branch} (${proof})`)
}

const clearedEntry = (path: string, style: Style): Phrase =>
  phrase(style)`cleared the registration that was left of ${path}`

const narrateWorktree = (outcome: RemovalOutcome & { readonly kind: 'worktree' }, style: Style): string => {
  const [say, line] = [phrase(style), lines(style)]
  const { path, branch, head, backup, discarded, kept, stale, uncleared } = outcome
  const lost =
    discarded.length === 0
      ? ''
      : `${line('warning', say`discarded in ${path}:`)}${gutter(discarded.map(sanitize).join('\n'), style)}\n`
  const backedUp =
    backup === undefined
      ? ''
      : line('info', say`its commits were on no branch; kept as ${backup}`) +
        line('hint', say`to go on with them: git branch <name> ${(head ?? '').slice(0, 12)}`)
  const left = uncleared ? line('warning', say`its registration is left: something new stands at ${path}`) : ''
  return [
    lost,
    headline(stale ? clearedEntry(path, style) : say`removed worktree ${path}`, branch, outcome.outcome, style),
    branch === undefined ? '' : branchLines(branch, outcome.outcome, style),
    backedUp,
    kept === undefined ? '' : keptLines(kept, style),
    left,
  ].join('')
}

const narrateBranch = (outcome: RemovalOutcome & { readonly kind: 'branch' }, style: Style): string => {
  const [say, line] = [phrase(style), lines(style)]
  const { branch, pruned, detachedAt, outcome: fate } = outcome
  const cleared = pruned === undefined ? '' : line('success', clearedEntry(pruned, style))
  const done =
    fate.kind === 'deleted'
      ? line('success', say`deleted branch ${branch} (${{ painted: proofWords(fate, style) }})`)
      : ''
  const beside = detachedAt === undefined ? '' : line('info', say`the worktree at ${detachedAt} is detached; it stays`)
  return cleared + done + branchLines(branch, fate, style) + beside
}

const narrate = (outcome: RemovalOutcome, style: Style): string => {
  switch (outcome.kind) {
    case 'planned':
      return ''
    case 'worktree':
      return narrateWorktree(outcome, style)
    case 'branch':
      return narrateBranch(outcome, style)
    case 'refused':
      return renderRefusal(outcome.refusal, style)
    case 'failed':
      return renderError(asError(outcome.error), style)
  }
}

const landingLines = ({ landing }: RemoveResult, style: Style): string => {
  if (landing === undefined) return ''
  const { path, stays } = landing
  if (stays === undefined) return lines(style)('info', phrase(style)`now in ${path}`)
  return renderStay(path, stays, style)
}

/** The outcomes as text: plans on stdout, what happened on stderr. */
export const renderRemove = (
  result: RemoveResult,
  { out, err }: { readonly out: Style; readonly err: Style },
): { readonly answer: string; readonly narration: string } => {
  const { outcomes, warnings, reaped, started, declined } = result
  const ended = reaped?.map(({ pid, name }) => phrase(err)`ended process ${pid} (${name})`) ?? []
  return {
    answer: outcomes.map((outcome) => (outcome.kind === 'planned' ? renderPlan(outcome.plan, out) : '')).join(''),
    narration: [
      declined ? lines(err)('info', 'the commands of the project were not run') : '',
      reaped?.length === 0 ? lines(err)('info', 'no process to end') : '',
      ...ended.map((text) => lines(err)('info', text)),
      ...outcomes.map((outcome) => narrate(outcome, err)),
      ...warnings.map((warning) => lines(err)('warning', warning)),
      landingLines(result, err),
      ...started.map((event) => renderHookEvent(event, err)),
    ].join(''),
  }
}
