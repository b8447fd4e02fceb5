import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CliOptions, wt } from './cli.ts'
import type { TestRepo } from './repo.ts'

/** The worktrees as git lists them: branch (or `detached`) by directory name, with `locked` behind where it is. */
export const worktreesOf = (repo: TestRepo): Readonly<Record<string, string>> =>
  Object.fromEntries(
    repo
      .git('worktree', 'list', '--porcelain')
      .split('\n\n')
      .map((block) => {
        const value = (key: string): string | undefined => new RegExp(`^${key} (.*)$`, 'm').exec(block)?.[1]
        const name = value('worktree')?.split('/').at(-1) ?? ''
        const branch = value('branch')?.replace('refs/heads/', '') ?? 'detached'
        return [name, /^locked/m.test(block) ? `${branch} locked` : branch]
      }),
  )

/** The local branches. */
export const branchesOf = (repo: TestRepo): readonly string[] =>
  repo.git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads').split('\n')

/** What a worktree has that is not committed. */
export const statusOf = (repo: TestRepo, path: string): readonly string[] =>
  repo
    .git('-C', path, 'status', '--porcelain', '-uall')
    .split('\n')
    .filter((line) => line !== '')

/** What is on record as being under way. */
export const underWay = (repo: TestRepo): readonly string[] => {
  const names = (directory: string): readonly string[] => (existsSync(directory) ? readdirSync(directory) : [])
  return ['creating', 'carrying'].flatMap((name) => names(join(repo.dir, '.git', 'wt', name)))
}

/** Waits for something to become true. Throws after ten seconds. */
export const until = async (condition: () => boolean): Promise<void> => {
  const end = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('it never came to that')
    await sleep(5)
  }
}

/** What a switch left behind. */
export interface Gone {
  readonly code: number
  readonly err: string
  readonly out: string
  /** What the shell was told, '' for nothing. */
  readonly cd: string
}

/** Runs `wt switch` with a shell that follows. */
export const go = async (
  repo: TestRepo,
  words: readonly string[],
  options: Partial<CliOptions> = {},
): Promise<Gone> => {
  const file = join(repo.base, 'cd')
  writeFileSync(file, '')
  const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: file, ...options.env }
  const answer = await wt(repo, ['switch', ...words], { ...options, env })
  return { ...answer, cd: readFileSync(file, 'utf8').replace(/\n$/, '') }
}

/** `wt.history` and `wt.history-path`. */
export const history = (repo: TestRepo): readonly (string | undefined)[] =>
  ['wt.history', 'wt.history-path'].map((key) => repo.tryGit(['config', key]).stdout.toString().trim() || undefined)

/** The words of a switch under another path template. */
export const withTemplate = (template: string, ...words: readonly string[]): readonly string[] => [
  '--config-set',
  `worktree-path = ${JSON.stringify(template)}`,
  ...words,
]
