import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wt } from './cli.ts'
import { makeRepo, type TestRepo } from './repo.ts'

/** What git ignores in them. */
export const IGNORED = '*.env\nbuild/\nconfig/*.local\n'

export interface Copy {
  readonly repo: TestRepo
  /** The destination. */
  readonly to: string
  readonly copy: (...words: readonly string[]) => ReturnType<typeof wt>
}

/** Two worktrees; `files` are written in the main one, from which is copied. */
export const setUpCopy = (files: Readonly<Record<string, string>>, ignored = IGNORED): Copy => {
  const repo = makeRepo('basic')
  repo.commit('ignore', { files: { '.gitignore': ignored, 'config/tracked': 't\n' } })
  const to = repo.addWorktree('feature', { from: 'main' })
  for (const [path, text] of Object.entries(files)) repo.write(path, text)
  return { repo, to, copy: (...words) => wt(repo, ['step', 'copy-ignored', ...words], { cwd: to }) }
}

/** The text of a file in a directory; undefined where there is none. */
export const read = (directory: string, path: string): string | undefined =>
  existsSync(join(directory, path)) ? readFileSync(join(directory, path), 'utf8') : undefined
