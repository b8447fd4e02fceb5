import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { openGit } from '../../src/git/git.ts'
import { locate, placeOf } from '../../src/git/layout.ts'
import { type GitSettings, loadSettings } from '../../src/git/settings.ts'
import type { TestRepo } from '../support/repo.ts'

/** Loads the settings of a place as a command does. */
export const load = async (repo: TestRepo, from: string = repo.dir, env = repo.env): Promise<GitSettings> => {
  const layout = locate(from as AbsolutePath, env)
  return await loadSettings(openGit(placeOf(layout), env), layout, env)
}

/** Whether settings are remembered. */
export const cached = (repo: TestRepo, name = 'main.json'): boolean =>
  existsSync(join(repo.dir, '.git', 'wt', 'cache', 'settings', name))

/** Loads until the answer is remembered, as it is once nothing has changed for a moment. */
export const remember = async (repo: TestRepo, from?: string, env = repo.env): Promise<GitSettings> => {
  await new Promise((resolve) => setTimeout(resolve, 70))
  await load(repo, from, env)
  return await load(repo, from, { ...env, PATH: env['PATH'] ?? '' })
}
