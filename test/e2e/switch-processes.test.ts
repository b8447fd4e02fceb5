import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt } from './built.ts'
import { type GitShim, loggingGit } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, shim: GitShim, ...words: readonly string[]) =>
  runBuilt(wt, words, { cwd: repo.dir, env: shim.env })

/** The gits that `wt` itself starts for one run, by their subcommands. */
const gitsOf = async (repo: TestRepo, shim: GitShim, ...words: readonly string[]): Promise<readonly string[]> => {
  shim.take()
  const { code, stderr } = await run(repo, shim, ...words)
  expect(code, stderr).toBe(0)
  return shim
    .take()
    .map((line) => /\b(config|for-each-ref|reset|rev-parse|status|version|worktree)\b/.exec(line)?.[0] ?? line)
}

/** A repository that git's configuration is remembered of, and with it everything that switches write there. */
const warm = async (): Promise<readonly [TestRepo, GitShim]> => {
  const repo = makeRepo('basic')
  const shim = loggingGit(repo.env)
  await run(repo, shim, 'switch', '-c', 'first')
  for (let at = 0; at < 2; at++) {
    // What changed within the last tick of the clock is not trusted to stay.
    await sleep(120)
    await run(repo, shim, 'switch', 'main')
  }
  return [repo, shim]
}

test('to a worktree that is there: one for the refs', async () => {
  const [repo, shim] = await warm()
  await sleep(120)
  expect(await gitsOf(repo, shim, 'switch', 'first')).toEqual(['for-each-ref'])
})

test('creating, in a repository never seen before: configuration, refs, the registration, the files', async () => {
  const [known, shim] = await warm()
  const repo = makeRepo('basic')
  // The same home, so that it is known which git this is.
  const env = { ...shim.env, GIT_CEILING_DIRECTORIES: repo.base, HOME: known.env['HOME'] ?? '' }
  const gits = await gitsOf(repo, { ...shim, env }, 'switch', '--create', 'x', '--no-cd', '--yes')
  expect(gits).toEqual(['config', 'for-each-ref', 'worktree', 'reset'])
})

test('creating from a tag or an id: one more, to find out which commit that is', async () => {
  const [repo, shim] = await warm()
  await sleep(120)
  const gits = await gitsOf(repo, shim, 'switch', '--create', 'x', '--base', 'main~0')
  expect(gits).toEqual(['for-each-ref', 'rev-parse', 'worktree', 'reset'])
})
