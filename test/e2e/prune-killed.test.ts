import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { chance, isForeign, killAfter, locksIn, MOMENTS, runByHints, settled, Tally } from '../support/killing.ts'
import {
  endOf,
  lostFiles,
  lostTips,
  type PruneScene,
  preciousOf,
  progressOf,
  pruneScene,
  tipsOf,
  UNTOUCHED,
} from '../support/prune-scene.ts'
import { copyBuilt, runBuilt, startBuilt } from './built.ts'

const PRUNE = ['step', 'prune', '--yes', '--min-age', '0s']

let wt = ''
let scene: PruneScene
beforeAll(async () => {
  wt = copyBuilt()
  scene = await pruneScene(({ dir, env }) => runBuilt(wt, [...PRUNE, '--dry-run'], { cwd: dir, env }))
})

const run = (words: readonly string[], cwd = scene.repo.dir) => runBuilt(wt, words, { cwd, env: scene.repo.env })

test('kill -9 of prune at any moment: nothing is lost, and the next run ends as one that nobody killed', {
  timeout: 60_000 + MOMENTS * 15_000,
}, async () => {
  const { repo, here, reset } = scene
  const [tips, precious, tally] = [tipsOf(repo), preciousOf(repo), new Tally()]
  let [duration, whole] = [0, {}]
  for (let [at, tries] = [0, 0]; at < MOMENTS; tries++) {
    expect(tries, 'too often it was over too soon').toBeLessThan(20 + MOMENTS * 2)
    const cwd = chance('cwd', tries) < 0.5 ? here : repo.dir
    if (tries % 20 === 0) {
      reset()
      const undisturbed = await runByHints(repo, cwd, () => run(PRUNE, cwd))
      expect(undisturbed).toMatchObject({ code: 0, hints: 0 })
      duration = undisturbed.took
      await settled(repo)
      if (tries === 0) whole = endOf(repo)
      expect(endOf(repo)).toEqual(whole)
      expect(whole).toMatchObject({ precious, leftovers: [], worktrees: ['repo.dirty', 'repo.locked', 'repo.work'] })
    }
    reset()
    // The next run comes when the rest has come to its end, or at once.
    const [alone, atOnce] = [at % 3 > 0, at % 3 === 2]
    const started = startBuilt(wt, PRUNE, { cwd, env: repo.env })
    const killed = await killAfter(repo, started, { delay: duration * chance('prune', tries), alone })
    const told = `killed at ${at}: ${alone ? 'alone' : 'all'}, ${killed}`
    if (!atOnce) await settled(repo)
    if (killed !== undefined) at += 1
    const locks = atOnce ? [] : locksIn(repo)
    if (!atOnce) {
      if (killed !== undefined) tally.add(`${killed}, ${progressOf(repo, tips)}`)
      if (alone) expect(locks.filter(isForeign), told).toEqual([])
      expect(lostTips(repo, tips), told).toEqual([])
      expect(lostFiles(repo), told).toEqual([])
      expect(preciousOf(repo), told).toBe(precious)
      expect(repo.tryGit(['fsck', '--no-progress', '--no-dangling']), told).toMatchObject({ code: 0, stderr: '' })
      expect(repo.tryGit(['worktree', 'list']), told).toMatchObject({ code: 0, stderr: '' })
      expect(repo.tryGit(['for-each-ref']), told).toMatchObject({ code: 0, stderr: '' })
      expect(await run(['list', '--json']), told).toMatchObject({ code: 0 })
    } else if (killed !== undefined) tally.add(`${killed}, and run again at once`)
    const place = existsSync(join(cwd, '.git')) ? cwd : repo.dir
    const progress = atOnce ? '' : progressOf(repo, tips)
    const { code, stderr, hints, took } = await runByHints(repo, place, () => run(PRUNE, place))
    expect(code, `${told}: ${stderr}`).toBe(0)
    // Others are at work on the machine: what a whole run takes changes.
    if (hints === 0 && progress === UNTOUCHED) duration = took
    if (hints > 0) tally.add(`(hints that were followed: ${hints})`)
    if (alone) expect(hints, told).toBe(0)
    await settled(repo)
    expect(lostTips(repo, tips), told).toEqual([])
    expect(locksIn(repo), told).toEqual([])
    expect(endOf(repo), told).toEqual(whole)
  }
  scene.remove()
  tally.tell(`prune, killed at ${MOMENTS} moments, the last of ${Math.round(duration)} ms:`)
})
