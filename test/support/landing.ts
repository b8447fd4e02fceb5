import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { wt } from './cli.ts'
import { makeRepo, type TestRepo } from './repo.ts'
import type { ScenarioName } from './scenarios.ts'

/** A repository with `main` checked out in it and `feature` in a worktree beside it. */
export interface LandRepo extends TestRepo {
  /** The worktree of `feature`. */
  readonly feature: string
  /** Runs git in the worktree of `feature`. */
  at(...args: readonly string[]): string
}

/** `feature` is two commits ahead of `main`, unless the scenario says otherwise. */
export const withFeature = (scenario: ScenarioName = 'ahead'): LandRepo => {
  const repo = makeRepo(scenario)
  const feature = repo.addWorktree('feature')
  return { ...repo, feature, at: (...args) => repo.git('-C', feature, ...args) }
}

/** Installs a program for gpg that signs with a made-up signature, or fails. */
export const GPG = `cat >/dev/null
printf '\\n[GNUPG:] SIG_CREATED \\n' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nnone\\n-----END PGP SIGNATURE-----\\n'
`

const filesBelow = (dir: string): string =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/.git'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path} ${readFileSync(path, 'latin1')}`)
    .join('\n')

/** What a worktree has: what git says of it, what is staged, and every file, ignored ones too. */
export const contentsOf = (repo: TestRepo, dir: string): string =>
  [
    repo.git('-C', dir, 'status', '--porcelain=v2', '--branch', '--ignored'),
    repo.git('-C', dir, 'ls-files', '--stage'),
    filesBelow(dir),
  ].join('\n')

/** Everything of a repository's that a user could miss: refs, HEADs, what is staged, files, stashes, open operations. */
export const everythingOf = (repo: LandRepo): string =>
  [
    repo.git('for-each-ref', '--format=%(refname) %(objectname)'),
    ...[repo.dir, repo.feature].map((dir) => contentsOf(repo, dir)),
    repo.git('stash', 'list'),
  ].join('\n')

const read = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../docs/schema/${name}.json`, import.meta.url), 'utf8')) as object

/** An answer as a value, after holding it against the schema of its command. */
export const checkedJson = (name: string, out: string): Record<string, unknown> => {
  const check = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
  check.addSchema(read('planned-steps'), 'planned-steps.json')
  const validate = check.compile(read(name))
  const value = JSON.parse(out) as Record<string, unknown>
  validate(value)
  expect(validate.errors).toBe(null)
  return value
}

/** Runs `wt merge`, which must succeed. */
export const merge = async (repo: LandRepo, words: readonly string[] = [], cwd: string = repo.feature) => {
  const { code, out, err } = await wt(repo, ['merge', '--json', ...words], { cwd })
  expect(code, err).toBe(0)
  return { err, json: checkedJson('merge', out) }
}

/** The local branches. */
export const branches = (repo: LandRepo): readonly string[] =>
  repo.git('branch', '--format=%(refname:short)').split('\n')
