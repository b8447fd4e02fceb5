import type { AbsolutePath, BranchName } from '../core/ids.ts'
import { shellWord } from '../core/shell-word.ts'
import type { Created, Note, SwitchOutcome, SwitchResult } from '../worktree/switch/result.ts'
import { planJson, renderPlan } from './dry-run.ts'
import { renderRefusal } from './error.ts'
import { renderJson } from './json.ts'
import { renderStay, type StayReason } from './landing.ts'
import { message, phrase } from './message.ts'
import type { Style } from './style.ts'

type Done = SwitchOutcome & { readonly kind: 'done' }
type Stopped = SwitchOutcome & { readonly kind: 'stopped' }

const noteLines = ({ kind, text, hint }: Note, style: Style): string =>
  `${message(kind, text, style)}\n${hint === undefined ? '' : `${message('hint', hint, style)}\n`}`

/** What is told before the outcome. */
export const renderNotes = ({ notes }: Pick<SwitchResult, 'notes'>, style: Style): string =>
  notes.map((note) => noteLines(note, style)).join('')

const createdLine = (created: Created, { branch, path }: Pick<Done, 'branch' | 'path'>, style: Style): string => {
  const say = phrase(style)
  const name = branch ?? ''
  if (!created.branch) return say`added a worktree for ${name} at ${path}`.painted
  if (created.fromRemote !== undefined) {
    return say`created branch ${name}, tracking ${created.fromRemote}, with a worktree at ${path}`.painted
  }
  const from = created.base === undefined ? say`without a commit` : say`from ${created.base}`
  return say`created branch ${name} ${from}, with a worktree at ${path}`.painted
}

const headline = (done: Done, follows: boolean, style: Style): string => {
  const { action, branch, path, created } = done
  const say = phrase(style)
  const name = branch ?? 'a detached worktree'
  if (created !== undefined) return message('success', { painted: createdLine(created, done, style) }, style)
  if (action === 'already_at') return message('info', say`already at ${name} (${path})`, style)
  if (follows) return message('success', say`switched to ${name} (${path})`, style)
  return message('info', say`${name} has its worktree at ${path}`, style)
}

const reportLine = (report: Done['reports'][number], style: Style): string => {
  const say = phrase(style)
  switch (report.kind) {
    case 'worktree-added':
    case 'worktree-removed':
    case 'warning':
      return ''
    case 'set-aside':
      return `${message('info', say`what was at ${report.path} is now at ${report.to}`, style)}\n`
    case 'carried':
      return `${message('success', say`moved ${report.count} uncommitted ${report.count === 1 ? 'change' : 'changes'} along from ${report.from}`, style)}\n`
  }
}

/**
 * What came of a switch, for stderr. `stay` says why the shell can't follow; undefined when it does, or is not to.
 */
export const renderDone = (done: Done, stay: StayReason | undefined, style: Style): string => {
  const { cd, landing, program, reports } = done
  const follows = cd && stay === undefined
  const say = phrase(style)
  const words = program?.map(shellWord).join(' ')
  const what = follows ? say`running ${words ?? ''}` : say`running ${words ?? ''} in ${landing}`
  const running = words === undefined ? '' : `${message('progress', what, style)}\n`
  return [
    ...reports.map((report) => reportLine(report, style)),
    `${headline(done, follows, style)}\n`,
    cd && stay !== undefined && done.action !== 'already_at' ? renderStay(landing, stay, style) : '',
    running,
  ].join('')
}

/** What was made before something stopped the rest: it stays, and it is told what it is. */
export const renderStopped = ({ made }: Stopped, style: Style): string => {
  if (made === undefined) return ''
  const created = message('info', { painted: createdLine(made.created, made, style) }, style)
  return [...made.reports.map((report) => reportLine(report, style)), `${created}; it stays\n`].join('')
}

/** A refusal and a plan as text: what is asked for on stdout, the rest on stderr. */
export const renderUndone = (
  outcome: Exclude<SwitchOutcome, Done | Stopped>,
  out: Style,
  err: Style,
): { readonly answer: string; readonly narration: string } => {
  if (outcome.kind === 'refused') return { answer: '', narration: renderRefusal(outcome.refusal, err) }
  const { plan, path, branch } = outcome
  if (plan !== undefined) return { answer: renderPlan(plan, out), narration: '' }
  const say = phrase(err)
  return {
    answer: '',
    narration: `${message('info', say`nothing to make: ${branch ?? 'the worktree'} is at ${path}`, err)}\n`,
  }
}

const common = (branch: BranchName | undefined, path: AbsolutePath, created: Created | undefined): object => ({
  ...(branch !== undefined && { branch }),
  path,
  ...(created !== undefined && {
    created_branch: created.branch,
    ...(created.base !== undefined && { base_branch: created.base }),
    ...(created.fromRemote !== undefined && { from_remote: created.fromRemote }),
  }),
})

/** The outcome as `--json` prints it: one line, or nothing for a refusal. */
export const switchJson = (outcome: Exclude<SwitchOutcome, Stopped>): string => {
  if (outcome.kind === 'refused') return ''
  const { branch, path, created } = outcome
  const rest = common(branch, path, created)
  if (outcome.kind === 'done') return renderJson({ action: outcome.action, ...rest }, { compact: true })
  const action = created === undefined ? 'existing' : 'created'
  const plan = outcome.plan === undefined ? { effects: [] } : planJson(outcome.plan)
  return renderJson({ action, ...rest, plan }, { compact: true })
}
