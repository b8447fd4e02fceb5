import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { descendantsOf } from '../../src/host/descendants.ts'
import { type LandRepo, withFeature } from '../support/landing.ts'
import { makeRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt, start } from './built.ts'
import { loggingGit } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const merge = (repo: LandRepo, env = repo.env) => runBuilt(wt, ['merge'], { cwd: repo.feature, env })

/** Two commits and something that is not committed yet; somebody's notes in the target. */
const work = (): LandRepo => {
  const repo = withFeature('diverged')
  writeFileSync(join(repo.feature, 'wip'), 'w')
  repo.write('notes', 'n')
  return repo
}

/** At how many moments a merge is killed. */
const MOMENTS = Number(process.env.WT_TEST_MOMENTS ?? 10)

/** What git itself leaves behind when it is killed. */
const LOCKS = [
  'index.lock',
  'HEAD.lock',
  'packed-refs.lock',
  'config.lock',
  'refs/heads/main.lock',
  'refs/heads/feature.lock',
  'worktrees/repo.feature/index.lock',
  'worktrees/repo.feature/HEAD.lock',
  'worktrees/repo.feature/ORIG_HEAD.lock',
]

/** Ends a process at once, unless it has ended by itself. */
const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const textAt = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** The work that is neither in a branch nor in a file any more. */
const lostIn = (repo: LandRepo): readonly string[] => {
  const kept = (path: string, text: string): boolean =>
    ['main', 'feature'].some((ref) => repo.tryGit(['show', `refs/heads/${ref}:${path}`]).stdout.toString() === text)
  return [
    ...(kept('feature.txt', 'one\ntwo\n') ? [] : ['feature.txt']),
    ...(kept('wip', 'w') || textAt(join(repo.feature, 'wip')) === 'w' ? [] : ['wip']),
    ...(textAt(join(repo.dir, 'notes')) === 'n' ? [] : ['notes']),
  ]
}

describe('processes', () => {
  test('a merge of commits that are squashed runs few', async () => {
    const repo = withFeature()
    const shim = loggingGit(repo.env)
    await runBuilt(wt, ['list'], { cwd: repo.dir, env: shim.env })
    shim.take()
    const { code, stderr } = await merge(repo, shim.env)
    expect(code, stderr).toBe(0)
    // Clean-up included. With Node and what git itself starts it has to stay at 25.
    expect(shim.take().length).toBeLessThanOrEqual(22)
  })
})

describe('kill -9', () => {
  test('at any moment: nothing is lost, and the next run lands it', { timeout: MOMENTS * 12_000 }, async () => {
    const whole = performance.now()
    const first = await merge(work())
    expect(first.code, first.stderr).toBe(0)
    const duration = performance.now() - whole
    for (let at = 0; at < MOMENTS; at++) {
      const repo = work()
      const run = start(process.execPath, [wt, 'merge'], { cwd: repo.feature, env: repo.env })
      let over = false
      void run.ended.then(() => {
        over = true
      })
      await sleep(duration * (0.2 + (at * 0.9) / MOMENTS))
      // With all that it has started, in whatever group, as a power cut would.
      if (!over && run.child.pid !== undefined)
        for (const pid of [run.child.pid, ...descendantsOf([run.child.pid])]) kill(pid)
      await run.ended
      await sleep(100)
      expect(lostIn(repo), `killed at ${at}`).toEqual([])
      for (const name of LOCKS) rmSync(join(repo.dir, '.git', name), { force: true })
      if (existsSync(join(repo.dir, '.git/worktrees/repo.feature/rebase-merge'))) repo.at('rebase', '--abort')
      if (existsSync(join(repo.feature, '.git'))) {
        const { code, stderr } = await merge(repo)
        expect(code, `killed at ${at}: ${stderr}`).toBe(0)
      }
      expect(lostIn(repo)).toEqual([])
      expect(repo.git('status', '--porcelain')).toBe('?? notes')
      expect(repo.git('stash', 'list')).toBe('')
    }
  })
})

describe('eight merges at once', () => {
  test('each lands or stays whole, in a straight line; and the rest land afterwards', {
    timeout: 120_000,
  }, async () => {
    const repo = makeRepo('basic')
    const names = [...'abcdefgh']
    for (const name of names) {
      const dir = repo.addWorktree(name, { from: 'main' })
      repo.commit(name, { dir, files: { [`${name}.new`]: name } })
    }
    const base = repo.oid('main')
    const run = (name: string) => runBuilt(wt, ['merge'], { cwd: `${repo.dir}.${name}`, env: repo.env })
    const ended = await Promise.all(names.map(run))
    expect(ended.filter(({ code }) => code === 0).length).toBeGreaterThan(0)
    expect(repo.git('status', '--porcelain')).toBe('')
    for (const [at, name] of names.entries()) {
      const landed = repo.tryGit(['cat-file', '-e', `main:${name}.new`]).code === 0
      if (ended[at]?.code === 0) expect(landed, name).toBe(true)
      if (!landed) expect(repo.git('show', `${name}:${name}.new`)).toBe(name)
    }
    for (const name of names.filter((each) => existsSync(join(`${repo.dir}.${each}`, '.git')))) {
      const { code, stderr } = await run(name)
      expect(code, stderr).toBe(0)
    }
    expect(repo.git('rev-list', '--count', `${base}..main`)).toBe('8')
    expect(repo.git('rev-list', '--merges', 'main')).toBe('')
    expect(repo.git('status', '--porcelain')).toBe('')
    expect(repo.git('branch', '--format=%(refname:short)').split('\n')).toEqual(['main', 'topic'])
  })
})
