import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt, startBuilt } from './built.ts'

/** Two worktrees with an ignored file each, and a hook that makes every switch take a while. */
const setUp = (): { readonly repo: TestRepo; readonly other: string } => {
  const repo = makeRepo('ahead')
  repo.write('.git/info/exclude', '*.env\n')
  const other = repo.addWorktree('feature')
  repo.write('main.env', 'main')
  repo.hook('post-checkout', 'sleep 0.4')
  return { repo, other }
}

const untilThere = async (path: string): Promise<void> => {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5))
}

const branchOf = (repo: TestRepo, dir: string): string => repo.git('-C', dir, 'branch', '--show-current')

test('told to end in the middle of it, promote comes to its end first', async () => {
  const { repo, other } = setUp()
  const { child, ended } = startBuilt(copyBuilt(), ['step', 'promote', 'feature'], { cwd: repo.dir, env: repo.env })
  await untilThere(join(repo.dir, '.git/wt/staging/promote/a/main.env'))
  child.kill('SIGTERM')
  expect((await ended).signal).toBe('SIGTERM')
  expect([branchOf(repo, repo.dir), branchOf(repo, other)]).toEqual(['feature', 'main'])
  expect(readFileSync(join(other, 'main.env'), 'utf8')).toBe('main')
  expect(existsSync(join(repo.dir, '.git/wt/staging/promote'))).toBe(false)
})

test('killed in the middle of it, nothing is lost, and the next run says how to finish', async () => {
  const { repo } = setUp()
  const wt = copyBuilt()
  const { child, ended } = startBuilt(wt, ['step', 'promote', 'feature'], { cwd: repo.dir, env: repo.env })
  const staged = join(repo.dir, '.git/wt/staging/promote/a/main.env')
  await untilThere(staged)
  child.kill('SIGKILL')
  await ended
  expect(readFileSync(staged, 'utf8')).toBe('main')
  await new Promise((resolve) => setTimeout(resolve, 600))
  const { code, stderr } = await runBuilt(wt, ['step', 'promote', 'feature'], { cwd: repo.dir, env: repo.env })
  expect(code).toBe(1)
  expect(readFileSync(staged, 'utf8')).toBe('main')
  expect(stderr).toContain('belongs to main')
  expect(stderr).toContain('rm -r')
})
