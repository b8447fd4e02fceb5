import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { statusOf } from '../support/switching.ts'
import { copyBuilt, runBuilt, startGroup } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const NAMES = Array.from({ length: 60 }, (_, at) => `${at % 3 === 0 ? 'new' : 'old'}-${at}.txt`)
const old = NAMES.filter((name) => name.startsWith('old'))

const changed = (): TestRepo => {
  const repo = makeRepo('basic')
  repo.commit('files', { files: Object.fromEntries(old.map((name) => [name, `${name}\n`])) })
  for (const name of NAMES) repo.write(name, `changed ${name}\n`)
  repo.git('add', ...old.slice(0, 10))
  return repo
}

const textsIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.git/objects'))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    : []

const copying = (repo: TestRepo): boolean => existsSync(`${repo.dir}.x/new-0.txt`)
const clearing = (repo: TestRepo): boolean => existsSync(join(repo.dir, '.git/wt/carrying'))

/** Milliseconds after each step begins. */
const moments: readonly (readonly [(repo: TestRepo) => boolean, number])[] = [
  ...[0, 10, 30, 60].map((delay) => [copying, delay] as const),
  ...[0, 1, 2, 4, 8, 15, 30, 60, 500].map((delay) => [clearing, delay] as const),
]

test('kill -9 at any moment of --carry: no change is lost, and the next run says where they are', {
  timeout: 90_000,
}, async () => {
  let moved = 0
  for (const [step, delay] of moments) {
    const repo = changed()
    const args = ['switch', '-c', 'x', '--carry', '--base', '@']
    const { child, ended } = startGroup(wt, args, { cwd: repo.dir, env: repo.env })
    while (!step(repo) && child.exitCode === null) await sleep(1)
    await sleep(delay)
    if (child.exitCode === null) process.kill(-(child.pid as number), 'SIGKILL')
    await ended
    const texts = new Set([...textsIn(repo.dir), ...textsIn(`${repo.dir}.x`)])
    expect(
      NAMES.filter((name) => !texts.has(`changed ${name}\n`)),
      `${delay} ms after ${step}`,
    ).toEqual([])
    const here = statusOf(repo, repo.dir).length
    const next = await runBuilt(wt, ['switch', 'main'], { cwd: repo.dir, env: repo.env })
    expect(next.code, next.stderr).toBe(0)
    if (here < NAMES.length) {
      // Something has been taken away: then all of it is in the new worktree.
      expect(statusOf(repo, `${repo.dir}.x`)).toHaveLength(NAMES.length)
      if (here > 0) expect(next.stderr).toContain(`all of them are in ${repo.dir}.x`)
      moved += 1
    }
  }
  expect(moved, 'some runs got as far as moving').toBeGreaterThan(0)
})

test('Ctrl-C while it is copied: everything stays where it was', async () => {
  const repo = changed()
  repo.hook('post-checkout', 'touch ../held; sleep 1')
  const args = ['switch', '-c', 'x', '--carry', '--base', '@']
  const { child, ended } = startGroup(wt, args, { cwd: repo.dir, env: repo.env })
  while (!existsSync(join(repo.base, 'held'))) await sleep(5)
  const before = statusOf(repo, repo.dir)
  child.kill('SIGINT')
  expect((await ended).signal).toBe('SIGINT')
  expect(statusOf(repo, repo.dir)).toEqual(before)
})
