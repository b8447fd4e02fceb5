import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AbsolutePath, type ObjectId, parseObjectId } from '../../src/core/ids.ts'
import { gitDate, hermeticEnvironment } from './environment.ts'
import { type GitAnswer, git, tryGit } from './git.ts'
import type { ScenarioName } from './scenarios.ts'
import { copyTemplate, type RepoFormat } from './template.ts'

interface CommitOptions {
  /** File contents by path, added to the commit. Default: one new file. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** The worktree to commit in. Default: the main one. */
  readonly dir?: string
}

interface AddWorktreeOptions {
  /** Default: `<repository>.<branch>`, slashes as dashes. */
  readonly path?: string
  /** Make the branch, starting at this revision. Without it the branch must exist. */
  readonly from?: string
  /** Check the revision out detached. */
  readonly detach?: boolean
}

/** A repository of one test's own, driven by real git that sees nothing of the developer's configuration. */
export interface TestRepo {
  /** A directory that holds the repository, its worktrees and a home directory, and nothing else. */
  readonly base: AbsolutePath
  readonly dir: AbsolutePath
  /** The whole environment for anything that is run against the repository. */
  readonly env: Readonly<Record<string, string>>
  /** Runs git in `dir`; use `-C` for elsewhere. Returns standard output without the last newline; throws on failure. */
  git(...args: readonly string[]): string
  /** Runs git in `dir` and returns whatever came of it. */
  tryGit(args: readonly string[], input?: string | Uint8Array): GitAnswer
  /** The full id that a revision names. */
  oid(revision: string): ObjectId
  /** Commits on whatever is checked out. Each commit of a handle is a minute younger than the one before. */
  commit(message: string, options?: CommitOptions): ObjectId
  addWorktree(branch: string, options?: AddWorktreeOptions): AbsolutePath
  /** Writes a file, by its path from `dir`, with the directories that it needs. */
  write(path: string, content: string | Uint8Array): void
  /** Installs a hook: the text of a shell script without its first line. */
  hook(name: string, script: string): void
  /** Pushes every branch to a new bare repository `origin` beside this one, as its upstream. Returns its path. */
  publish(): AbsolutePath
  /** Removes all of it. Not needed: the end of the run removes what is left. */
  remove(): void
}

const writeFile = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** A handle on a repository at `<base>/repo`. For a copy of a scenario use `makeRepo`. */
const openRepo = (base: string): TestRepo => {
  const dir = join(base, 'repo') as AbsolutePath
  const env = hermeticEnvironment(base)
  let commits = 0
  const at = (cwd: string, args: readonly string[], extra: Readonly<Record<string, string>> = {}): string =>
    git(args, { cwd, env: { ...env, ...extra } })
  const run = (...args: readonly string[]): string => at(dir, args)
  const oid = (revision: string): ObjectId => parseObjectId(run('rev-parse', '--verify', '--end-of-options', revision))
  return {
    base: base as AbsolutePath,
    dir,
    env,
    git: run,
    oid,
    tryGit: (args, input) => tryGit(args, input === undefined ? { cwd: dir, env } : { cwd: dir, env, input }),
    commit: (message, { files, dir: worktree = dir } = {}) => {
      commits += 1
      const date = gitDate(86_400 + commits * 60)
      const contents = files ?? { [`commit-${commits}.txt`]: `${message}\n` }
      for (const [path, content] of Object.entries(contents)) writeFile(join(worktree, path), content)
      at(worktree, ['--literal-pathspecs', 'add', '-f', '--', ...Object.keys(contents)])
      const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
      at(worktree, ['commit', '-q', '--allow-empty', '-m', message], dates)
      return parseObjectId(at(worktree, ['rev-parse', 'HEAD']))
    },
    addWorktree: (branch, { path = `${dir}.${branch.replaceAll('/', '-')}`, from, detach = false } = {}) => {
      const what = from === undefined ? [path, branch] : detach ? [path, from] : ['-b', branch, path, from]
      run('worktree', 'add', '-q', ...(detach ? ['--detach'] : []), ...what)
      return path as AbsolutePath
    },
    write: (path, content) => writeFile(join(dir, path), content),
    hook: (name, script) => {
      const path = join(run('rev-parse', '--path-format=absolute', '--git-path', `hooks/${name}`))
      writeFile(path, `#!/bin/sh\n${script}\n`)
      chmodSync(path, 0o755)
    },
    publish: () => {
      const origin = join(base, 'origin.git') as AbsolutePath
      const format = run('rev-parse', '--show-object-format')
      run('init', '-q', '--bare', '--template=', `--object-format=${format}`, origin)
      run('remote', 'add', 'origin', origin)
      run('push', '-q', '-u', '--all', 'origin')
      return origin
    },
    remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** A fresh repository with a named history. Costs a copy, not a build. */
export const makeRepo = (scenario: ScenarioName, format: RepoFormat = {}): TestRepo =>
  openRepo(copyTemplate(scenario, format))
