import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { chance, isForeign, killAfter, locksIn, MOMENTS, runByHints, settled, Tally } from '../support/killing.ts'
import { type LandRepo, withFeature } from '../support/landing.ts'
import { branchesOf, trashOf, worktreesOf } from '../support/removing.ts'
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

/** How often eight merges are started at once. */
const ROUNDS = Number(process.env.WT_TEST_ROUNDS ?? 1)

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

const UNTOUCHED = 'before anything was written'

/** How far a merge that was killed had come. */
const progressOf = (repo: LandRepo): string => {
  if (repo.tryGit(['cat-file', '-e', 'main:wip']).code !== 0) {
    return existsSync(join(repo.feature, 'wip')) && repo.at('rev-list', '--count', 'HEAD', '^main') === '2'
      ? UNTOUCHED
      : 'on the way'
  }
  return existsSync(join(repo.feature, '.git')) ? 'landed' : 'landed, worktree gone'
}

describe('kill -9', () => {
  test('at any moment: nothing is lost, and the next run lands it', {
    timeout: 30_000 + MOMENTS * 12_000,
  }, async () => {
    const tally = new Tally()
    let duration = 0
    for (let [at, tries] = [0, 0]; at < MOMENTS; tries++) {
      expect(tries, 'too often it was over too soon').toBeLessThan(20 + MOMENTS * 2)
      if (tries % 20 === 0) {
        const whole = work()
        const undisturbed = await runByHints(whole, whole.feature, () => merge(whole))
        expect(undisturbed).toMatchObject({ code: 0, hints: 0 })
        duration = undisturbed.took
        whole.remove()
      }
      const repo = work()
      const run = start(process.execPath, [wt, 'merge'], { cwd: repo.feature, env: repo.env })
      const alone = at % 2 === 1
      const killed = await killAfter(repo, run, { delay: duration * chance('merge', tries), alone })
      await settled(repo)
      const told = `killed at ${at}: ${alone ? 'alone' : 'all'}, ${killed}`
      expect(lostIn(repo), told).toEqual([])
      const progress = progressOf(repo)
      if (killed !== undefined) {
        at += 1
        tally.add(`${killed}, ${progress}`)
      }
      const locks = locksIn(repo)
      if (alone) expect(locks.filter(isForeign), told).toEqual([])
      if (existsSync(join(repo.feature, '.git'))) {
        const { code, stderr, hints, took } = await runByHints(repo, repo.feature, () => merge(repo))
        expect(code, `${told}: ${stderr}`).toBe(0)
        // Others are at work on the machine: what a whole run takes changes.
        if (hints === 0 && progress === UNTOUCHED) duration = took
        if (hints > 0) tally.add(`(hints that were followed: ${hints})`)
        if (alone) expect(hints, told).toBe(0)
      }
      await settled(repo)
      // Where the worktree is gone, any removal does the rest of its clean-up.
      if (branchesOf(repo).includes('feature') || existsSync(repo.feature) || trashOf(repo).length > 0) {
        tally.add('(only clean-up was left)')
        const prune = () => runBuilt(wt, ['prune', '--min-age', '0s'], { cwd: repo.dir, env: repo.env })
        expect(await runByHints(repo, repo.dir, prune), told).toMatchObject({ code: 0 })
      }
      await settled(repo)
      expect(lostIn(repo), told).toEqual([])
      expect(branchesOf(repo), told).toEqual(['main'])
      expect(worktreesOf(repo), told).toEqual([])
      expect(trashOf(repo), told).toEqual([])
      expect(existsSync(repo.feature), told).toBe(false)
      expect(
        locksIn(repo).filter((lock) => alone || !locks.includes(lock)),
        told,
      ).toEqual([])
      expect(repo.git('status', '--porcelain'), told).toBe('?? notes')
      expect(repo.git('stash', 'list')).toBe('')
      expect(repo.tryGit(['fsck', '--no-progress', '--no-dangling'])).toMatchObject({ code: 0, stderr: '' })
      repo.remove()
    }
    tally.tell(`merge, killed at ${MOMENTS} moments, the last of ${Math.round(duration)} ms:`)
  })
})

describe('eight merges at once', () => {
  test.each(Array.from({ length: ROUNDS }, (_, at) => at + 1))(
    'round %i: each lands or stays whole, in a straight line; and the rest land afterwards',
    {
      timeout: 120_000,
    },
    async () => {
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
      expect(locksIn(repo)).toEqual([])
      await settled(repo)
      repo.remove()
    },
  )
})
