import { WtError } from '../../../core/errors.ts'
import type { TemplateVariables } from '../../../template/variables.ts'

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

const HEADLESS = 'HEAD'

/** Everything that templates know, but for what they are put together of. */
const variablesOf = (data: PromptData): TemplateVariables => ({
  git_diff: data.diff,
  git_diff_stat: data.stat,
  branch: data.branch ?? HEADLESS,
  repo: data.repo,
  recent_commits: { kind: 'data', value: data.recent },
  commit_details: data.squash && {
    kind: 'records',
    records: data.squash.commits.map(({ subject, body }) => ({ text: subject, members: { subject, body } })),
  },
  target_branch: data.squash?.target,
})

/** A piece of the prompt. Only those who have templates of their own load the engine; they wait for a program anyway. */
const expandPrompt = async (source: string, what: string, variables: TemplateVariables): Promise<string> => {
  const { compileWithEngine } = await import('../../../template/engine.ts')
  const expansion = compileWithEngine(source, {}).expand(variables)
  if (expansion.kind === 'text') return expansion.text
  throw new WtError('MESSAGE_FAILED', `${what} can’t be filled in: ${expansion.message}`, {
    hint: 'nothing was committed; mend the template in the configuration',
  })
}

const fragment = async (source: string | undefined, whose: string, data: PromptData): Promise<string | undefined> =>
  source && (await expandPrompt(source, `template-append of the ${whose}`, variablesOf(data)))

/** The prompt for a commit message, from the user's template if there is one. Throws MESSAGE_FAILED. */
export const promptOf = async (template: string | undefined, data: PromptData): Promise<string> => {
  const userGuidance = await fragment(data.userGuidance, 'user', data)
  const projectGuidance = await fragment(data.projectGuidance, 'project', data)
  if (template === undefined) return builtInPrompt({ ...data, userGuidance, projectGuidance })
  const guidance = { user_guidance: userGuidance ?? '', project_guidance: projectGuidance ?? '' }
  return await expandPrompt(template, 'the template of the prompt', { ...variablesOf(data), ...guidance })
}
