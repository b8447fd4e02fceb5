import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { drain } from '../../src/git/trash/drain.ts'
import { type Manifest, writeManifest } from '../../src/git/trash/manifest.ts'
import { wt } from '../support/cli.ts'
import { keptOf, removeAnswer, trashOf, worktreesOf } from '../support/removing.ts'
import { put } from '../support/topic.ts'
import { type Scene, scene } from './removal-scene.ts'

const DAY = 86_400_000

describe('a removal that was killed', () => {
  /** The directory is in the trash, the registration still there: where kill -9 may strike. */
  const halfDone = (it: Scene, detached = false, ignored = ['.env']): void => {
    const { repo, path, common } = it
    if (detached) repo.git('-C', path, 'checkout', '-q', '--detach')
    const staged = join(common, 'wt', 'trash', 'repo.work-5') as AbsolutePath
    const kept = join(common, 'wt', 'kept', 'repo.work-5') as AbsolutePath
    mkdirSync(join(common, 'wt', 'trash'), { recursive: true })
    mkdirSync(kept, { recursive: true })
    put(join(path, '.env'), 'SECRET')
    const about = { version: 1, time: new Date().toISOString(), command: ['wt'], id: 'repo.work', path } as const
    const entries = ignored.map((each) => ({ path: each, why: 'ignored' as const }))
    writeManifest(kept, { ...about, staged, entries, limit: 100, checkedAt: Date.now() + DAY, whole: false })
    renameSync(path, staged)
  }

  test.each([[false], [true]])('is finished by the same command (detached: %s)', async (detached) => {
    const it = scene()
    halfDone(it, detached)
    const { code, out, err } = await wt(it.repo, ['remove', detached ? it.path : 'work', '--json'])
    expect(code, err).toBe(0)
    expect(removeAnswer(out)).toHaveLength(1)
    expect(worktreesOf(it.repo)).toEqual([])
    expect(trashOf(it.repo)).toEqual([])
    expect(keptOf(it.repo).some(({ files }) => files['.env'] === 'SECRET')).toBe(true)
  })

  test('is finished by any later one', async () => {
    const it = scene()
    halfDone(it, true)
    it.repo.addWorktree('other', { from: 'main' })
    await wt(it.repo, ['remove', 'other'])
    expect(worktreesOf(it.repo)).toEqual([])
    expect(trashOf(it.repo)).toEqual([])
  })

  test('an entry whose worktree is back is left alone', async () => {
    const it = scene()
    halfDone(it)
    put(join(it.path, '.git'), `gitdir: ${join(it.common, 'worktrees', 'repo.work')}\n`)
    await drain(it.common, Date.now)
    expect(worktreesOf(it.repo)).toEqual(['repo.work'])
  })

  test('half-deleted, it is deleted to the end, with what was kept by then', async () => {
    const it = scene()
    halfDone(it)
    const [kept, staged] = ['kept', 'trash'].map((name) => join(it.common, 'wt', name, 'repo.work-5'))
    mkdirSync(join(kept ?? '', 'files'))
    renameSync(join(staged ?? '', '.env'), join(kept ?? '', 'files', '.env'))
    rmSync(join(staged ?? '', 'a.txt'))
    await drain(it.common, Date.now)
    expect(trashOf(it.repo)).toEqual([])
    expect(keptOf(it.repo)[0]).toMatchObject({ files: { '.env': 'SECRET' }, settled: { kept: [{ path: '.env' }] } })
  })

  test('what was too much to be kept is not kept when only a little of it is left', async () => {
    const it = scene()
    for (const name of ['one', 'two']) put(join(it.path, 'build', name), 'x'.repeat(80))
    halfDone(it, false, ['.env', 'build/'])
    const kept = join(it.common, 'wt', 'kept', 'repo.work-5')
    const manifest = JSON.parse(readFileSync(join(kept, 'manifest.json'), 'utf8')) as Manifest
    const dropping = [{ path: 'build/', files: 2, bytes: 160 }]
    writeManifest(kept as AbsolutePath, { ...manifest, dropping })
    rmSync(join(it.common, 'wt', 'trash', 'repo.work-5', 'build', 'one'))
    await drain(it.common, Date.now)
    expect(trashOf(it.repo)).toEqual([])
    expect(keptOf(it.repo)[0]).toMatchObject({ settled: { kept: [{ path: '.env' }], dropped: dropping } })
    expect(keptOf(it.repo)[0]?.files).toEqual({ '.env': 'SECRET' })
  })
})
