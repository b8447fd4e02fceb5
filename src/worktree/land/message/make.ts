import { basename } from 'node:path'
import type { ObjectId } from '../../../core/ids.ts'
import type { RangeCommit } from '../../../git/landing/range.ts'
import { readRecent, readStagedDiff } from '../../../git/landing/staged-diff.ts'
import { logCommand } from '../../../hooks/logs.ts'
import type { Landing } from '../landing.ts'
import { builtInCommit, builtInSquash } from './built-in.ts'
import { generateMessage } from './generate.ts'
import { promptOf } from './prompt.ts'

/** What a message is wanted for. */
export interface MessageRequest {
  /** What the staged work is compared with: HEAD's commit, the merge base, or the empty tree. */
  readonly base: ObjectId
  readonly staged: readonly string[]
  readonly squash: { readonly target: string; readonly commits: readonly RangeCommit[] } | undefined
  /** Names another index than the worktree's own. */
  readonly env?: Readonly<Record<string, string>>
}

const RECENT = 5

/** The prompt for a message: describes the worktree whose work lands. Throws MESSAGE_FAILED. */
export const makePrompt = async (
  { look, source, projectGuidance }: Landing,
  request: MessageRequest,
): Promise<string> => {
  const { base, squash, env } = request
  const { git, root } = look.repository
  const { template, squashTemplate, templateAppend } = look.config.commit.generation
  const past = squash === undefined ? source.head : base
  const [{ patch, stat }, recent] = await Promise.all([
    readStagedDiff(git, source.path, base, env),
    past === undefined ? [] : readRecent(git, past, RECENT),
  ])
  return await promptOf(squash === undefined ? template : squashTemplate, {
    branch: source.branch,
    repo: basename(root).replace(/\.git$/, ''),
    diff: patch,
    stat,
    recent,
    userGuidance: templateAppend,
    projectGuidance,
    squash,
  })
}

/** The message, by the user's command or built in. Throws MESSAGE_FAILED; nothing has changed then. */
export const makeMessage = async (landing: Landing, request: MessageRequest, prompt?: string): Promise<string> => {
  const { look, source, ports } = landing
  const { command } = look.config.commit.generation
  const { squash, staged } = request
  if (command === undefined) {
    ports.say({ kind: 'built-in-message' })
    return squash === undefined ? builtInCommit(staged) : builtInSquash(source.branch ?? '', squash.commits)
  }
  ports.say({ kind: 'writing-message', command })
  const asked = prompt ?? (await makePrompt(landing, request))
  const started = ports.now()
  const ended = (code: number): void => {
    const end = { code, milliseconds: ports.now() - started }
    const label = 'commit.generation'
    logCommand(look.repository.layout.commonDir, { started, words: ports.command, label, script: command, end })
  }
  return await generateMessage(command, asked, { cwd: source.path, env: ports.env, ended })
}
