import type { ForEachEnd, ForEachEvent, ForEachOutcome, ForEachResult } from '../../worktree/for-each/result.ts'
import { countText } from '../amount.ts'
import { message, phrase } from '../message.ts'
import type { Style } from '../style.ts'

const isDone = ({ end }: ForEachOutcome): boolean => end.kind === 'exited' && end.code === 0

const whyOf = (end: ForEachEnd): string => {
  switch (end.kind) {
    case 'exited':
      return `exit code ${end.code}`
    case 'killed':
      return `ended by ${end.signal}`
    case 'not-started':
      return end.reason
  }
}

const labelOf = ({ branch, path }: Pick<ForEachOutcome, 'branch' | 'path'>): string => branch ?? `${path} (detached)`

/** What is said while the loop goes on. */
export const renderForEachEvent = (event: ForEachEvent, style: Style): string => {
  const say = phrase(style)
  if (event.kind === 'begins') return `${message('progress', say`running in ${labelOf(event)}`, style)}\n`
  const { outcome } = event
  if (isDone(outcome)) return ''
  const why = { painted: say`${whyOf(outcome.end)}`.painted }
  return `${message('error', say`failed in ${labelOf(outcome)}: ${why}`, style)}\n`
}

/** What is said when it is over. */
export const renderForEach = ({ outcomes, stopped, warnings }: ForEachResult, style: Style): string => {
  const failed = outcomes.filter((outcome) => !isDone(outcome)).length
  const all = countText(outcomes.length, 'worktree')
  const last =
    stopped !== undefined
      ? message('warning', `stopped after ${all}`, style)
      : failed > 0
        ? message('warning', `failed in ${failed} of ${all}`, style)
        : message('success', `done in ${all}`, style)
  return [...warnings.map((warning) => message('warning', warning, style)), last].map((line) => `${line}\n`).join('')
}

/** The outcomes as `--json` prints them. */
export const forEachJson = ({ outcomes }: ForEachResult): unknown =>
  outcomes.map((outcome) => {
    const { branch, path, end } = outcome
    const success = isDone(outcome)
    const code = end.kind === 'not-started' ? null : end.code
    return { branch: branch ?? null, path, exit_code: code, success, ...(success ? {} : { error: whyOf(end) }) }
  })

/** Whether it ended well everywhere. */
export const forEachFailed = ({ outcomes }: ForEachResult): boolean => !outcomes.every(isDone)
