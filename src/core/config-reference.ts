import { DEFAULT_PATH } from './config-read.ts'
import type { ConfigValue } from './config-value.ts'

/** One key of the configuration, for whoever writes it. */
export interface Setting {
  /** `<name>` stands for a name of the user's own. */
  readonly key: string
  readonly meaning: string
  /** What counts where nobody has set it. */
  readonly initial?: ConfigValue
  /** As it would stand in a file. Default: the initial value. */
  readonly example?: string
}

const EVENTS: Readonly<Record<string, string>> = {
  switch: 'a switch to another worktree',
  start: 'the first use of a new worktree',
  commit: 'a commit that wt makes',
  merge: 'a merge',
  remove: 'the removal of a worktree',
}

const hooks: readonly Setting[] = Object.entries(EVENTS).flatMap(([event, time]) =>
  ['pre', 'post'].map((when) => ({
    key: `${when}-${event}`,
    meaning: `commands that run ${when === 'pre' ? 'before' : 'after'} ${time}`,
    example: '{ name = "command" }',
  })),
)

const aliases: Setting = {
  key: 'aliases.<name>',
  meaning: 'commands of your own, run as wt <name>',
  example: '"echo {{ branch }}"',
}

const exclude: Setting = {
  key: 'step.copy-ignored.exclude',
  meaning: 'ignored files that wt step copy-ignored leaves out; lists of several files add up',
  initial: [],
}

const append: Setting = {
  key: 'commit.generation.template-append',
  meaning: 'text that is added to the prompt',
  example: '"Explain why, not only what."',
}

const forge: readonly Setting[] = [
  { key: 'forge.platform', meaning: 'github, gitlab, gitea or azure-devops', example: '"gitlab"' },
  { key: 'forge.hostname', meaning: 'the host that the forge’s API is on', example: '"api.git.example"' },
]

/** What a user's or a system's file can hold; all but the last few also below `[projects."<id>"]`. */
export const USER_SETTINGS: readonly Setting[] = [
  { key: 'worktree-path', meaning: 'where worktrees are put, from the repository’s root', initial: DEFAULT_PATH },
  { key: 'list.full', meaning: 'collect everything, as --full does', initial: false },
  { key: 'list.branches', meaning: 'show branches without a worktree, as --branches does', initial: false },
  { key: 'list.remotes', meaning: 'show remote branches, as --remotes does', initial: false },
  { key: 'list.summary', meaning: 'summaries of branches, written by commit.generation.command', initial: false },
  { key: 'list.json-schema', meaning: 'the form of JSON; only 2 exists', initial: 2 },
  { key: 'list.timeout-ms', meaning: 'milliseconds for collecting; 0 is no limit', initial: 0 },
  { key: 'list.columns', meaning: 'which columns, in which order; none means the usual ones', initial: [] },
  {
    key: 'list.custom-columns.<header>.template',
    meaning: 'a column of your own: its text, from branch, worktree_path, worktree_name, vars.* and git.branch.*',
    example: '"{{ vars.ticket }}"',
  },
  {
    key: 'list.custom-columns.<header>.width',
    meaning: 'the widest that it may be, in cells (default 40)',
    example: '20',
  },
  {
    key: 'list.custom-columns.<header>.priority',
    meaning: 'the lower, the longer it stays on a narrow terminal (default 9)',
    example: '9',
  },
  { key: 'commit.stage', meaning: 'what is staged before a commit: all, tracked or none', initial: 'all' },
  {
    key: 'commit.generation.command',
    meaning: 'a command that reads a prompt and prints a commit message',
    example: '"llm -m small"',
  },
  { key: 'commit.generation.template', meaning: 'the prompt for a commit', example: '"Describe: {{ git_diff }}"' },
  {
    key: 'commit.generation.squash-template',
    meaning: 'the prompt for a squash',
    example: '"Describe: {{ git_diff }}"',
  },
  append,
  { key: 'merge.squash', meaning: 'squash the commits into one', initial: true },
  { key: 'merge.commit', meaning: 'commit what is not committed first', initial: true },
  { key: 'merge.rebase', meaning: 'rebase onto the target first', initial: true },
  { key: 'merge.remove', meaning: 'remove the worktree afterwards', initial: true },
  { key: 'merge.verify', meaning: 'run hooks', initial: true },
  { key: 'merge.ff', meaning: 'fast-forward; false makes a merge commit', initial: true },
  {
    key: 'remove.delete-branch',
    meaning: 'delete the branch with its worktree, if its work is elsewhere',
    initial: true,
  },
  {
    key: 'remove.keep',
    meaning: 'how many bytes of ignored files are kept of a removed worktree (default 50MB)',
    example: '"50MB"',
  },
  { key: 'switch.cd', meaning: 'take the shell along', initial: true },
  { key: 'switch.picker.pager', meaning: 'the pager for previews (default: git’s)', example: '"delta --paging=never"' },
  { key: 'switch.picker.preview', meaning: 'open with the preview', initial: true },
  exclude,
  aliases,
  ...hooks,
  { key: 'skip-shell-integration-prompt', meaning: 'never offer to set the shell up', initial: false },
  { key: 'skip-commit-generation-prompt', meaning: 'never offer to set commit messages up', initial: false },
]

/** What only stands below `[projects."<id>"]`. */
export const ENTRY_SETTINGS: readonly Setting[] = [
  ...forge,
  { key: 'approved-commands', meaning: 'commands that were approved before there was approvals.toml', example: '[]' },
]

/** What a project's own file can hold. */
export const PROJECT_SETTINGS: readonly Setting[] = [
  { key: 'list.url', meaning: 'the address of a branch’s development server', example: '"http://localhost:3000"' },
  ...forge,
  append,
  exclude,
  aliases,
  ...hooks,
]

/** What counts where nobody has said anything, by key. */
export const DEFAULTS: ReadonlyMap<string, ConfigValue> = new Map(
  USER_SETTINGS.flatMap(({ key, initial }) => (initial === undefined ? [] : [[key, initial] as const])),
)
