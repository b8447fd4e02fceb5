import type { StageMode } from '../../core/config.ts'
import { shortRefName } from '../../core/ids.ts'
import type {
  Landed,
  MergeOutcome,
  PlannedStep,
  Preview,
  PushOutcome,
  RebaseOutcome,
  SquashOutcome,
} from '../../worktree/land/result.ts'
import { renderRefusal } from '../error.ts'
import { renderJson } from '../json.ts'
import { phrase } from '../message.ts'
import { sanitizeLines } from '../sanitize.ts'
import type { Style } from '../style.ts'
import { whyKept } from './note.ts'

const stepLine = (step: PlannedStep, style: Style): string => {
  const say = phrase(style)
  const short = (oid: string): string => oid.slice(0, 7)
  switch (step.kind) {
    case 'stage':
      return say`stage ${step.mode === 'all' ? 'everything' : 'what is tracked'} in ${step.worktree}`.painted
    case 'commit':
      return say`commit it on ${step.branch ?? 'HEAD'}`.painted
    case 'back-up':
      return say`keep what is staged in ${step.ref}`.painted
    case 'squash':
      return say`make one commit of ${step.commits} on ${step.branch}, from ${short(step.base)}`.painted
    case 'rebase':
      return say`rebase ${step.branch ?? 'HEAD'} on ${short(step.onto)}`.painted
    case 'advance':
      return say`move ${shortRefName(step.ref)} from ${short(step.expected)} by a ${step.how}`.painted
    case 'remove':
      return say`remove ${step.worktree}, and branch ${step.branch}`.painted
    case 'keep':
      return say`leave ${step.worktree}: ${whyKept(step.why, style)}`.painted
  }
}

const indented = (text: string): string =>
  sanitizeLines(text)
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')

/** What would be done; with the prompt, the command and the message where one would be made. */
const previewText = ({ steps, prompt, command, message }: Preview, style: Style): string => {
  const sections =
    prompt === undefined || message === undefined
      ? []
      : [
          `PROMPT\n${indented(prompt)}\n`,
          `COMMAND\n${indented(command ?? 'none is configured; the message is built in')}\n`,
          `MESSAGE\n${indented(message)}\n`,
        ]
  const plan = steps.length === 0 ? 'nothing to do\n' : steps.map((step) => `${stepLine(step, style)}\n`).join('')
  return [...sections, sections.length === 0 ? plan : `PLAN\n${indented(plan)}\n`].join('\n')
}

/** An answer and its narration, and whether the command has failed. */
export interface LandedText {
  readonly answer: string
  readonly narration: string
  readonly failed: boolean
}

/** What a command that lands work answers: JSON or a plan on stdout, a refusal on stderr. */
export const renderLanded = <Outcome>(
  landed: Landed<Outcome>,
  toJson: ((outcome: Outcome) => unknown) | undefined,
  { out, err }: { readonly out: Style; readonly err: Style },
): LandedText => {
  switch (landed.kind) {
    case 'refused':
      return { answer: '', narration: renderRefusal(landed.refusal, err), failed: true }
    case 'prompt':
      return { answer: `${landed.prompt.trimEnd()}\n`, narration: '', failed: false }
    case 'preview': {
      const { kind: _, ...plan } = landed
      return { answer: toJson ? renderJson({ plan }) : previewText(landed, out), narration: '', failed: false }
    }
    case 'done':
      return { answer: toJson ? renderJson(toJson(landed.outcome)) : '', narration: '', failed: false }
  }
}

/** Answers as `--json` prints them. */
export const mergeJson = (outcome: MergeOutcome): unknown => outcome

export const commitJson = (outcome: {
  readonly commit: string
  readonly message: string
  readonly mode: StageMode
}): unknown => ({ commit: outcome.commit, message: outcome.message, stage_mode: outcome.mode })

export const squashJson = (outcome: SquashOutcome & { readonly mode: StageMode }): unknown => {
  switch (outcome.outcome) {
    case 'squashed':
      return { outcome: outcome.outcome, ...(commitJson(outcome) as object) }
    case 'no_commits_ahead':
      return { outcome: outcome.outcome, target: outcome.target }
    case 'already_single_commit':
    case 'no_net_changes':
      return { outcome: outcome.outcome }
  }
}

export const rebaseJson = ({ target, outcome }: RebaseOutcome): unknown => ({ target, outcome })

export const pushJson = (push: PushOutcome): unknown => {
  const { target, outcome, commits } = push
  return { target, outcome, commits, ...(push.outcome === 'merge_commit' && { merge_sha: push.mergeCommit }) }
}
