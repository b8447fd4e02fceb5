import { shortRefName } from '../core/ids.ts'
import type { PrunePlanned, PruneResult } from '../worktree/prune/result.ts'
import type { RemovalOutcome } from '../worktree/remove/result.ts'
import { planJson } from './dry-run.ts'
import { message, phrase } from './message.ts'
import { REASONS, renderRemove } from './remove.ts'
import type { Style } from './style.ts'

const plannedLine = ({ kind, branch, path, deletesBranch, proof }: PrunePlanned, style: Style): string => {
  const say = phrase(style)
  const what =
    kind === 'branch_only'
      ? say`branch ${branch ?? ''}`
      : kind === 'stale_worktree'
        ? say`entry of ${path ?? ''}${deletesBranch ? say`, branch ${branch ?? ''}` : ''}`
        : say`worktree ${path ?? ''}${deletesBranch ? say`, branch ${branch ?? ''}` : ''}`
  const why =
    proof === undefined ? '' : say` (${{ painted: REASONS[proof.reason] }} ${shortRefName(proof.ref)})`.painted
  return `${what.painted}${why}\n`
}

/** What was taken: pairs first, then what went alone. */
const countWords = (outcomes: readonly RemovalOutcome[]): string => {
  let [pairs, worktrees, branches, entries] = [0, 0, 0, 0]
  for (const each of outcomes) {
    if (each.kind === 'worktree' && each.stale) entries++
    else if (each.kind === 'worktree') each.outcome.kind === 'deleted' ? pairs++ : worktrees++
    if (each.kind === 'branch' && each.outcome.kind === 'deleted') branches++
    else if (each.kind === 'branch' && each.pruned !== undefined) entries++
  }
  const part = (count: number, one: string, many: string): readonly string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  return [
    ...part(pairs, 'worktree with its branch', 'worktrees with their branches'),
    ...part(worktrees, 'worktree', 'worktrees'),
    ...part(branches, 'branch', 'branches'),
    ...part(entries, 'entry of a worktree that is gone', 'entries of worktrees that are gone'),
  ].join(', ')
}

const APPROVAL = 'to approve the hooks of this project: wt config approvals add; to run them this once: --yes'

const summary = ({ planned, removed, young, unapproved }: PruneResult, style: Style): string => {
  if (removed === undefined) return planned.length === 0 ? `${message('info', 'nothing to prune', style)}\n` : ''
  const counted = countWords(removed.outcomes)
  if (counted !== '') return `${message('success', `pruned ${counted}`, style)}\n`
  if (removed.interrupted !== undefined) return ''
  return removed.outcomes.length + young.length + unapproved.length > 0
    ? ''
    : `${message('info', 'nothing to prune', style)}\n`
}

const unbegunLine = ({ unbegun, removed }: PruneResult, style: Style): string => {
  if (unbegun <= 0 || removed?.interrupted !== undefined) return ''
  const text = `${unbegun} more ${unbegun === 1 ? 'stays' : 'stay'}, as one has failed; to go on: wt prune`
  return `${message('hint', text, style)}\n`
}

/** The outcome of pruning as text; `age` is the bound as it was given. */
export const renderPrune = (
  result: PruneResult,
  { out, err, age }: { readonly out: Style; readonly err: Style; readonly age: string },
): { readonly answer: string; readonly narration: string } => {
  const say = phrase(err)
  const line = (text: Parameters<typeof message>[1], kind: 'info' | 'warning' | 'hint'): string =>
    `${message(kind, text, err)}\n`
  return {
    answer: result.planned.map((each) => plannedLine(each, out)).join(''),
    narration: [
      ...result.warnings.map((warning) => line(warning, 'warning')),
      ...result.young.map((name) => line(say`skipped ${name} (younger than ${{ painted: age }})`, 'info')),
      ...result.unapproved.map((name) => line(say`skipped ${name} (approval required)`, 'info')),
      result.removed === undefined ? '' : renderRemove(result.removed, { out, err }).narration,
      summary(result, err),
      unbegunLine(result, err),
      result.unapproved.length === 0 ? '' : line(APPROVAL, 'hint'),
    ].join(''),
  }
}

const removedItem = (outcome: RemovalOutcome, { kinds }: PruneResult): readonly unknown[] => {
  if (outcome.kind === 'worktree') {
    const { path, branch = null } = outcome
    return [{ branch, path, kind: kinds.get(path) ?? 'worktree', branch_outcome: outcome.outcome.kind }]
  }
  if (outcome.kind !== 'branch') return []
  const { branch, pruned } = outcome
  const kind = pruned === undefined ? 'branch_only' : 'stale_worktree'
  return [{ branch, path: pruned ?? null, kind, branch_outcome: outcome.outcome.kind }]
}

/** The outcome as `--json` prints it; what was skipped or failed is not in it. */
export const pruneJson = (result: PruneResult): readonly unknown[] =>
  result.removed === undefined
    ? result.planned.map(({ kind, branch = null, path = null, deletesBranch, proof, plan }) => ({
        branch,
        path,
        kind,
        branch_deleted: deletesBranch,
        reason: proof === undefined ? null : REASONS[proof.reason],
        target: proof === undefined ? null : shortRefName(proof.ref),
        plan: planJson(plan),
      }))
    : result.removed.outcomes.flatMap((outcome) => removedItem(outcome, result))
