import { boolean, string } from '@oclif/core/flags'
import { json } from './flags.ts'

/** Sources of rows for the choice that opens without a BRANCH; they make no sense beside what makes a branch. */
const row = (summary: string) =>
  boolean({ summary, hidden: true, exclusive: ['create', 'base', 'clobber', 'path', 'carry'] })

export const switchFlags = {
  create: boolean({ char: 'c', summary: 'Create the branch' }),
  base: string({
    char: 'b',
    summary: 'Start the new branch here (default: the default branch)',
    helpValue: '<ref>',
  }),
  path: string({ summary: 'Put a new worktree here, instead of where worktree-path says', helpValue: '<path>' }),
  clobber: boolean({ summary: 'Move what is in the way of a new worktree aside; nothing is deleted' }),
  carry: boolean({ summary: 'Move the uncommitted changes of this worktree to the new one' }),
  execute: string({ char: 'x', summary: 'Then run this program in the worktree', helpValue: '<program>' }),
  cd: boolean({ summary: 'Take the shell along (default: [switch] cd)', allowNo: true }),
  'no-hooks': boolean({ summary: 'Run no hooks' }),
  'no-verify': boolean({ hidden: true }),
  'dry-run': boolean({ summary: 'Show what would be done, and do nothing' }),
  format: string({ summary: 'What to print', options: ['text', 'json'], default: 'text' }),
  json,
  branches: row('Offer branches without a worktree as well'),
  remotes: row('Offer remote branches as well'),
  prs: row('Offer pull requests as well'),
}

/** The words of the command itself, and what stands behind `--`: arguments of the program, as they are. */
export const splitWords = (argv: readonly string[]): readonly [words: string[], rest: readonly string[]] => {
  const at = argv.indexOf('--')
  return at < 0 ? [[...argv], []] : [argv.slice(0, at), argv.slice(at + 1)]
}

/** What is wrong with words that are right one by one. */
export const usageProblem = (
  branch: string | undefined,
  flags: Readonly<Record<string, unknown>> & { readonly execute?: string | undefined },
  programArgs: readonly string[],
): string | undefined => {
  const { execute } = flags
  if (branch?.trim() === '') return 'BRANCH is empty'
  if (flags['path'] === '') return '--path is empty: it takes the directory of a new worktree'
  if (execute?.trim() === '') return '--execute is empty: it takes a program'
  if (programArgs.length > 0 && execute === undefined) return 'arguments after -- are for the program of --execute'
  const needy = ['create', 'base', 'path', 'clobber', 'carry'].find((name) => flags[name])
  return branch === undefined && needy !== undefined ? `--${needy} needs a BRANCH` : undefined
}

export const switchDescription = `BRANCH is a branch, the path of a worktree, or a shortcut: ^ is the default branch, @ the worktree you are in, - the one you left last. A branch that only a remote has is created here and tracks it; origin/topic means topic.

If the branch has a worktree, that is where you go. If not, one is added: beside the repository as <repository>.<branch>, unless worktree-path in the configuration says otherwise, such as
  worktree-path = ".worktrees/{{ branch | sanitize }}"
The variables are repo_path, repo, branch, owner and remote_repo.

Your shell follows if its integration is installed: wt config shell install. Without it the place is printed.

A program given with --execute is started there, without a shell; its arguments stand behind --. Both are templates: {{ branch }}, {{ worktree_path }}, {{ base }} and more. Its exit code is that of wt.

--carry copies every change that is not committed (staged stays staged; ignored files stay), compares, and only then takes them away from here. It refuses what it can’t move exactly.`

export const switchExamples = [
  'wt switch topic',
  'wt switch --create fix --base v1.2',
  'wt switch -c idea --base @ --carry',
  'wt switch -',
  'wt switch -c task -x claude -- "work on {{ branch }}"',
]
