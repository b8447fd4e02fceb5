import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeRepo, type TestRepo } from './repo.ts'

/** `topic` has a worktree and nothing of its own. */
export const withTopic = (): { readonly repo: TestRepo; readonly path: string } => {
  const repo = makeRepo('basic')
  repo.git('branch', '-q', '-f', 'topic', 'main')
  return { repo, path: repo.addWorktree('topic') }
}

/** Writes a file, with the directories that it needs. */
export const put = (path: string, text = 'precious\n'): void => {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}
