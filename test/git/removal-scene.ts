import { join } from 'node:path'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

/** A repository and one of its worktrees. */
export interface Scene {
  readonly repo: TestRepo
  readonly path: AbsolutePath
  readonly common: AbsolutePath
}

/** A worktree in which `*.log`, `.env` and `build/` are ignored. */
export const scene = (): Scene => {
  const repo = makeRepo('basic')
  repo.commit('ignore', { files: { '.gitignore': '*.log\n.env\nbuild/\n', 'a.txt': 'a\n' } })
  const path = repo.addWorktree('work', { from: 'main' })
  return { repo, path, common: join(repo.dir, '.git') as AbsolutePath }
}
