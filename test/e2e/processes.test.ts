import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { EPOCH, gitDate } from '../support/environment.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt } from './built.ts'
import { type GitShim, loggingGit } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

/** The git commands of one run, in order of their names: how many processes it took, and for what. */
const commandsOf = async (repo: TestRepo, shim: GitShim, ...args: readonly string[]): Promise<readonly string[]> => {
  shim.take()
  const { code, stderr } = await runBuilt(wt, args, { cwd: repo.dir, env: shim.env })
  expect(code).toBe(0)
  expect(stderr, 'neither an error nor a warning').not.toMatch(/[✗▲]/)
  const names = shim.take().map((line) => line.split(' ').find((word, at, all) => isName(word, all[at - 1])) ?? line)
  return names.sort()
}

const isName = (word: string, before: string | undefined): boolean =>
  !word.startsWith('-') && before !== '-c' && before !== '-C'

/** Old enough that a change right after it would show: such a file's state is worth remembering. */
const writeOld = (path: string, content: string): void => {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  utimesSync(path, EPOCH, EPOCH)
}

/** The first run notes the default branch in git's configuration, so it is the second that can remember that. */
const warmUp = async (repo: TestRepo, shim: GitShim): Promise<void> => {
  for (let run = 0; run < 2; run++) {
    // What changed within the last tick of the clock is not trusted to stay.
    await new Promise((resolve) => setTimeout(resolve, 120))
    await commandsOf(repo, shim, 'list', '--branches')
  }
}

const commit = (ref: string, from: string, seconds: number, path: string, text: string): string =>
  `commit ${ref}
committer Ada Example <ada@example.com> ${gitDate(seconds)}
data 4
work
from ${from}
M 100644 inline ${path}
data ${text.length}
${text}
`

/** Adds branches of every kind in turn: merged, ahead, diverged, in conflict with `main`. */
const addBranches = (repo: TestRepo, count: number): void => {
  repo.commit('Clash', { files: { 'clash.txt': 'main\n' } })
  const stream = Array.from({ length: count }, (_, at) => {
    const ref = `refs/heads/many/${at}`
    const kinds = [
      `reset ${ref}\nfrom refs/heads/main^0\n\n`,
      commit(ref, 'refs/heads/main^0', 200_000 + at, `own-${at}.txt`, `${at}\n`),
      commit(ref, 'refs/heads/main~1', 200_000 + at, `own-${at}.txt`, `${at}\n`),
      commit(ref, 'refs/heads/main~1', 200_000 + at, 'clash.txt', `branch ${at}\n`),
    ]
    return kinds[at % kinds.length]
  }).join('')
  const { code, stderr } = repo.tryGit(['fast-import', '--quiet'], stream)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}

describe('wt list: git processes', () => {
  test.each([1, 4, 7])('%i worktrees, warm: one for the refs and one for each worktree', async (worktrees) => {
    const repo = makeRepo('diverged')
    const paths = Array.from({ length: worktrees - 1 }, (_, at) => repo.addWorktree(`w${at}`, { from: 'feature~1' }))
    for (const [at, path] of paths.entries()) if (at % 2 === 0) writeOld(join(path, 'a.txt'), 'changed\n')
    for (const path of paths) writeOld(join(path, 'new', 'file.txt'), 'new\n')
    const shim = loggingGit(repo.env)
    await warmUp(repo, shim)
    const expected = ['for-each-ref', ...Array.from({ length: worktrees }, () => 'status')]
    expect(await commandsOf(repo, shim, 'list', '--branches')).toEqual(expected)
    expect(await commandsOf(repo, shim, 'list', '--json')).toEqual(expected)
  })

  test('cold: a fixed number, however many branches; from 50 questions on, a batch is asked in halves', async () => {
    const cold = async (branches: number): Promise<string> => {
      const repo = makeRepo('basic')
      addBranches(repo, branches)
      return (await commandsOf(repo, loggingGit(repo.env), 'list', '--branches')).join(' ')
    }
    const all = await Promise.all([cold(8), cold(40), cold(200), cold(400)])
    const few =
      '--version config diff-tree diff-tree diff-tree for-each-ref merge-tree patch-id patch-id rev-list rev-list rev-list status'
    const many = few.replace('diff-tree', 'diff-tree diff-tree').replace('merge-tree', 'merge-tree merge-tree')
    expect(all).toEqual([few, few, many, many])
  })

  test('warm: the number of branches costs nothing', async () => {
    const repo = makeRepo('basic')
    addBranches(repo, 200)
    const shim = loggingGit(repo.env)
    await warmUp(repo, shim)
    expect(await commandsOf(repo, shim, 'list', '--branches')).toEqual(['for-each-ref', 'status'])
  })

  test('no git at all: --version, help, a usage error', async () => {
    const repo = makeRepo('basic')
    const shim = loggingGit(repo.env)
    for (const args of [['--version'], ['--help'], [], ['list', '--help'], ['list', '--nonsense']]) {
      await runBuilt(wt, args, { cwd: repo.dir, env: shim.env })
    }
    expect(shim.take()).toEqual([])
  })
})
