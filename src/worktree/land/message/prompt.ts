import { WtError } from '../../../core/errors.ts'
import { expandTemplate, parseTemplate } from '../../../core/template.ts'

/** Everything that a prompt can tell about what will be committed. */
export interface PromptData {
  readonly branch: string | undefined
  readonly repo: string
  readonly diff: string
  readonly stat: string
  /** Subjects, the latest first. */
  readonly recent: readonly string[]
  /** What the user adds to every prompt. */
  readonly userGuidance: string | undefined
  /** What the project adds, once the user has approved of it. */
  readonly projectGuidance: string | undefined
  /** Only for a squash. */
  readonly squash: { readonly target: string; readonly commits: readonly PromptCommit[] } | undefined
}

interface PromptCommit {
  readonly subject: string
  readonly body: string
}

const section = (title: string, text: string): string =>
  text.trim() === '' ? '' : `## ${title}\n\n${text.trimEnd()}\n\n`
const listed = (lines: readonly string[]): string => lines.map((line) => `- ${line}\n`).join('')

const RULES = `Answer with the message alone, without quotes and without a code block.
First a subject of at most 50 characters in the imperative. If there is more to say, a blank line and a short text that says what changed and why.
Write as the recent commits are written.`

/** The prompt for those who have configured none. */
const builtInPrompt = (data: PromptData): string => {
  const { squash, branch } = data
  const task =
    squash === undefined
      ? 'Write a git commit message for the changes below.'
      : `Write one git commit message for a branch whose commits become a single one on ${squash.target}.`
  const details = squash?.commits.map(({ subject, body }) => (body === '' ? subject : `${subject}\n\n${body}\n`)) ?? []
  return [
    `${task}\n${RULES}\n\n`,
    section('Also', [data.userGuidance, data.projectGuidance].filter((text) => text !== undefined).join('\n\n')),
    section('Branch', branch ?? ''),
    section('Commits that become one', listed(details)),
    section('Recent commits', listed(data.recent)),
    section('Files', data.stat),
    section('Changes', data.diff),
  ].join('')
}

/** What a custom template is filled in with. Templates that need more than variables are the template engine's. */
const expandPrompt = (source: string, data: PromptData): string => {
  const template = parseTemplate(source)
  if (template.kind === 'needs-engine') {
    throw new WtError('MESSAGE_FAILED', 'the template of the prompt uses more than plain variables', {
      hint: 'write it with {{ name }} alone, or take it out of the configuration',
    })
  }
  const expansion = expandTemplate(template, {
    git_diff: data.diff,
    git_diff_stat: data.stat,
    branch: data.branch,
    repo: data.repo,
    recent_commits: data.recent.join('\n'),
    user_guidance: data.userGuidance,
    project_guidance: data.projectGuidance,
    commit_details: data.squash?.commits.map(({ subject }) => subject).join('\n'),
    target_branch: data.squash?.target,
  })
  if (expansion.kind === 'text') return expansion.text
  throw new WtError('MESSAGE_FAILED', `the template of the prompt can’t be filled in: ${expansion.message}`)
}

/** The prompt for a commit message, from the user's template if there is one. Throws MESSAGE_FAILED. */
export const promptOf = (template: string | undefined, data: PromptData): string =>
  template === undefined ? builtInPrompt(data) : expandPrompt(template, data)
