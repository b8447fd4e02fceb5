import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Manifest } from '../../src/git/trash/manifest.ts'
import { makeRepo, type TestRepo } from './repo.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/schema/remove.json', import.meta.url), 'utf8')) as object
const check = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)

/** The answer of `wt remove --json`. Throws when it does not follow the schema. */
export const removeAnswer = (out: string): readonly object[] => {
  const value = JSON.parse(out) as readonly object[]
  if (!check(value)) throw new Error(JSON.stringify(check.errors, undefined, 2))
  return value
}

/** The local branches, sorted. */
export const branchesOf = (repo: TestRepo): readonly string[] =>
  repo.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')

/** The paths of all registered worktrees but the main one, from the directory that holds the repository. */
export const worktreesOf = (repo: TestRepo): readonly string[] =>
  repo
    .git('worktree', 'list', '--porcelain', '-z')
    .split('\0')
    .filter((line) => line.startsWith('worktree '))
    .slice(1)
    .map((line) => line.slice(`worktree ${repo.base}/`.length))

const common = (repo: TestRepo): string => join(repo.dir, repo.git('rev-parse', '--git-common-dir'))

/** What lies in the trash. */
export const trashOf = (repo: TestRepo): readonly string[] => {
  const trash = join(common(repo), 'wt', 'trash')
  return existsSync(trash) ? readdirSync(trash) : []
}

/** What was kept of removed worktrees: the manifest, and the paths of the files with their text. */
export interface KeptWorktree extends Manifest {
  readonly directory: string
  readonly files: Readonly<Record<string, string>>
}

/** Everything that was kept, by name. */
export const keptOf = (repo: TestRepo): readonly KeptWorktree[] => {
  const kept = join(common(repo), 'wt', 'kept')
  if (!existsSync(kept)) return []
  // A removal that was killed before it had moved anything leaves a directory without one, for an hour.
  return readdirSync(kept)
    .filter((name) => existsSync(join(kept, name, 'manifest.json')))
    .sort()
    .map((name) => {
      const directory = join(kept, name)
      const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest
      const root = join(directory, 'files')
      const paths = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : []
      const files = paths
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        // A name that is not UTF-8 is none that could be told here.
        .filter((path) => existsSync(path))
        .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')])
      return { ...manifest, directory, files: Object.fromEntries(files) as Readonly<Record<string, string>> }
    })
}

/** `main`, and worktrees whose work is in it. */
export const withWorktrees = (...branches: readonly string[]): TestRepo => {
  const repo = makeRepo('basic')
  repo.git('branch', '-q', '-D', 'topic')
  for (const branch of branches) repo.addWorktree(branch, { from: 'main' })
  return repo
}
