import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeRepo, type TestRepo } from './repo.ts'

const put = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Writes the user's configuration of a test's repository. */
export const userConfig = (repo: TestRepo, toml: string): void =>
  put(join(repo.base, 'home/.config/wt/config.toml'), toml)

/** Writes the configuration that the repository carries, in one of its worktrees. */
export const projectConfig = (repo: TestRepo, toml: string, worktree: string = repo.dir): void =>
  put(join(worktree, '.config/wt.toml'), toml)

/** Has the user's configuration run a script before a worktree is removed. */
export const preRemove = (repo: TestRepo, script: string): void =>
  userConfig(repo, `pre-remove = ${JSON.stringify(script)}\n`)

/** Where approvals of a test's user are. */
export const approvalsFile = (repo: TestRepo): string => join(repo.base, 'home/.config/wt/approvals.toml')

export const writeApprovals = (repo: TestRepo, text: string): void => put(approvalsFile(repo), text)

/** A file beside the repository that hooks can write to. */
export const marked = (repo: TestRepo, name: string): string => join(repo.base, name)

/** A repository whose user has this configuration; `mark` says where a hook can leave something. */
export const withHooks = (toml: (mark: (name: string) => string) => string): TestRepo => {
  const repo = makeRepo('ahead')
  userConfig(
    repo,
    toml((name) => marked(repo, name)),
  )
  return repo
}

/** What such a file holds; undefined when there is none. */
export const markOf = (repo: TestRepo, name: string): string | undefined =>
  existsSync(marked(repo, name)) ? readFileSync(marked(repo, name), 'utf8') : undefined

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until something has happened, at most ten seconds. */
export const until = async (there: () => boolean): Promise<void> => {
  for (let waited = 0; !there(); waited += 20) {
    if (waited > 10_000) throw new Error('it has not happened')
    await pause(20)
  }
}
