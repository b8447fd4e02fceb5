import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { hermeticEnvironment, makeHome } from './environment.ts'
import { git } from './git.ts'
import { type Scenario, type ScenarioName, scenarios } from './scenarios.ts'

/** How the repository is stored. Defaults are git's own: files, SHA-1, with a working tree. */
export interface RepoFormat {
  readonly objectFormat?: 'sha1' | 'sha256'
  readonly refFormat?: 'files' | 'reftable'
  readonly bare?: boolean
}

const build = (base: string, name: ScenarioName, format: RepoFormat): void => {
  makeHome(join(base, 'home'))
  const env = hermeticEnvironment(base)
  const cwd = join(base, 'repo')
  mkdirSync(cwd)
  const storage = format.refFormat === undefined ? [] : [`--ref-format=${format.refFormat}`]
  const bare = format.bare === true ? ['--bare'] : []
  const object = `--object-format=${format.objectFormat ?? 'sha1'}`
  git(['init', '-q', '--template=', object, ...storage, ...bare], { cwd, env })
  const scenario: Scenario = scenarios[name]
  git(['fast-import', '--quiet'], { cwd, env, input: scenario.stream })
  for (const command of scenario.commands ?? []) git(command, { cwd, env })
  if (format.bare !== true) git(['reset', '-q', '--hard'], { cwd, env })
}

/** The finished template of a scenario, made by whoever asks first in this run; the rename decides between two. */
const template = (root: string, name: ScenarioName, format: RepoFormat): string => {
  const key = [name, format.objectFormat ?? 'sha1', format.refFormat ?? 'files', format.bare === true ? 'bare' : 'tree']
  const ready = join(root, `template-${key.join('-')}`)
  if (existsSync(ready)) return ready
  const draft = mkdtempSync(join(root, 'draft-'))
  build(draft, name, format)
  try {
    renameSync(draft, ready)
  } catch (error) {
    if (!existsSync(ready)) throw error
    rmSync(draft, { recursive: true })
  }
  return ready
}

/** A fresh copy of a scenario's template: a directory with `home` and `repo` in it. */
export const copyTemplate = (name: ScenarioName, format: RepoFormat): string => {
  const root = inject('tempRoot')
  const base = mkdtempSync(join(root, 'r-'))
  cpSync(template(root, name, format), base, { recursive: true })
  return base
}
