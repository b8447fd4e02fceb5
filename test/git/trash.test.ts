import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { tryLock } from '../../src/git/lock.ts'
import { drain } from '../../src/git/trash/drain.ts'
import { writeManifest } from '../../src/git/trash/manifest.ts'
import { wt } from '../support/cli.ts'
import { keptOf, trashOf } from '../support/removing.ts'
import { put } from '../support/topic.ts'
import { scene } from './removal-scene.ts'

const DAY = 86_400_000

describe('what git could not give back', () => {
  test('ignored files stay, the smallest first, up to the limit; what is over it is deleted and told', async () => {
    const { repo, path } = scene()
    put(join(path, '.env'), 'SECRET=1\n')
    put(join(path, 'sub', 'x.log'), 'log\n')
    put(join(path, 'build', 'deep', 'big'), 'x'.repeat(2000))
    put(join(path, 'build', 'small'), 'y')
    const { err } = await wt(repo, ['remove', 'work', '--config-set=remove.keep = "1kB"'])
    expect(keptOf(repo)).toMatchObject([
      {
        path,
        branch: 'work',
        head: repo.oid('main'),
        files: { '.env': 'SECRET=1\n', 'sub/x.log': 'log\n' },
        settled: { dropped: [{ path: 'build/', files: 2, bytes: 2001 }] },
      },
    ])
    expect(err).toContain('2 ignored (13 bytes)')
    expect(err).toContain('build/ (2 files, 2.0 kB)')
    expect(err).toContain(keptOf(repo)[0]?.directory)
  })

  test('with a limit of nothing, no ignored file stays', async () => {
    const { repo, path } = scene()
    put(join(path, '.env'), 'SECRET=1\n')
    await wt(repo, ['remove', 'work', '--config-set=remove.keep = 0'])
    expect(keptOf(repo)[0]?.files).toEqual({})
  })

  test('modified, staged and untracked files of a forced removal stay, and so does the index', async () => {
    const { repo, path } = scene()
    put(join(path, 'a.txt'), 'changed\n')
    put(join(path, 'staged.txt'), 'staged\n')
    put(join(path, 'new', 'u.txt'), 'untracked\n')
    repo.git('-C', path, 'add', 'staged.txt')
    const { code, err } = await wt(repo, ['remove', 'work', '--force', '--config-set=remove.keep = 0'])
    expect(code).toBe(0)
    for (const name of ['a.txt', 'staged.txt', 'new/']) expect(err).toContain(name)
    const [kept] = keptOf(repo)
    expect(kept?.files).toEqual({ 'a.txt': 'changed\n', 'staged.txt': 'staged\n', 'new/u.txt': 'untracked\n' })
    expect(readdirSync(join(kept?.directory ?? '', 'admin'))).toEqual(expect.arrayContaining(['HEAD', 'index', 'logs']))
  })

  test('a clean worktree leaves its HEAD and reflog, and no index', async () => {
    const { repo } = scene()
    await wt(repo, ['remove', 'work'])
    const admin = join(keptOf(repo)[0]?.directory ?? '', 'admin')
    expect(readFileSync(join(admin, 'HEAD'), 'utf8')).toBe('ref: refs/heads/work\n')
    expect(readdirSync(admin)).not.toContain('index')
  })

  test('what was written after the check stays, and nothing that was there before', async () => {
    const { repo, path, common } = scene()
    await new Promise((resolve) => setTimeout(resolve, 30))
    const checkedAt = Date.now()
    const staged = join(common, 'wt', 'trash', 'work-5') as AbsolutePath
    const kept = join(common, 'wt', 'kept', 'work-5') as AbsolutePath
    mkdirSync(join(common, 'wt', 'trash'), { recursive: true })
    mkdirSync(kept, { recursive: true })
    put(join(path, 'saved', 'late.txt'), 'late\n')
    renameSync(path, staged)
    const about = { version: 1, time: new Date().toISOString(), command: ['wt'], id: 'work', path } as const
    writeManifest(kept, { ...about, staged, entries: [], limit: 0, checkedAt, whole: false })
    await drain(common, Date.now)
    expect(keptOf(repo)[0]?.files).toEqual({ 'saved/late.txt': 'late\n' })
    expect(trashOf(repo)).toEqual([])
  })

  test('paths that are not UTF-8 or hold a newline', async () => {
    const { repo, path } = scene()
    const odd = Buffer.from(`${path}/odd\n\xff.log`, 'latin1')
    writeFileSync(odd, 'odd')
    const { code, err } = await wt(repo, ['remove', 'work'])
    expect(code).toBe(0)
    expect(err).not.toContain('\ufffd')
    const names = readdirSync(join(keptOf(repo)[0]?.directory ?? '', 'files'), { encoding: 'buffer' })
    expect(names.map((name) => name.toString('latin1'))).toEqual(['odd\n\xff.log'])
  })

  test('is deleted after 30 days, by a later removal', async () => {
    const { repo, path } = scene()
    put(join(path, '.env'), 'x')
    const start = Date.now()
    await wt(repo, ['remove', 'work'], { now: () => start })
    const next = async (name: string, at: number): Promise<number> => {
      repo.addWorktree(name, { from: 'main' })
      await wt(repo, ['remove', name], { now: () => at })
      return keptOf(repo).filter(({ id }) => id === 'repo.work').length
    }
    expect(await next('b', start + 29 * DAY)).toBe(1)
    expect(await next('c', start + 31 * DAY)).toBe(0)
  })
})

describe('deleting', () => {
  test('opens read-only directories and never goes through a link', async () => {
    const { repo, path, common } = scene()
    const outside = join(repo.base, 'outside')
    put(join(outside, 'keep'), 'k')
    put(join(path, 'build', 'ro', 'x'), 'x')
    symlinkSync(outside, join(path, 'build', 'out'))
    symlinkSync(join(outside, 'keep'), join(path, 'link.log'))
    chmodSync(join(path, 'build', 'ro'), 0o555)
    await wt(repo, ['remove', 'work', '--config-set=remove.keep = 1'])
    expect(trashOf(repo)).toEqual([])
    expect(readFileSync(join(outside, 'keep'), 'utf8')).toBe('k')
    expect(existsSync(join(common, 'wt', 'trash'))).toBe(true)
  })

  test('a link is kept as a link', async () => {
    const { repo, path } = scene()
    symlinkSync('/nowhere', join(path, 'link.log'))
    await wt(repo, ['remove', 'work'])
    expect(readlinkSync(join(keptOf(repo)[0]?.directory ?? '', 'files', 'link.log'))).toBe('/nowhere')
  })

  test('directories deeper than any path may be long', async () => {
    const { repo, path } = scene()
    const name = 'd'.repeat(200)
    mkdirSync(join(path, 'build'))
    const home = process.cwd()
    try {
      process.chdir(join(path, 'build'))
      for (let depth = 0; depth < 30; depth++) {
        mkdirSync(name)
        process.chdir(name)
      }
      writeFileSync('leaf', 'x')
    } finally {
      process.chdir(home)
    }
    await wt(repo, ['remove', 'work', '--config-set=remove.keep = 0'])
    expect(trashOf(repo)).toEqual([])
  })

  test('leftovers of removals that were killed go, names of another form stay', async () => {
    const { repo, common } = scene()
    put(join(common, 'wt', 'trash', 'old-1700000000', 'f'), 'x')
    put(join(common, 'wt', 'trash', 'mine', 'f'), 'x')
    await wt(repo, ['remove', 'work'])
    expect(trashOf(repo)).toEqual(['mine'])
  })

  test('one at a time; whoever comes meanwhile leaves it to that one', async () => {
    const { common } = scene()
    put(join(common, 'wt', 'trash', 'old-1700000000', 'f'), 'x')
    const lock = tryLock(common, 'drain')
    expect(await drain(common, Date.now)).toBe('busy')
    lock?.release()
    expect(await drain(common, Date.now)).toBe('done')
  })

  test('a manifest that names another place is not believed', async () => {
    const { repo, common } = scene()
    const victim = join(repo.base, 'victim') as AbsolutePath
    put(join(victim, 'keep'), 'k')
    const kept = join(common, 'wt', 'kept', 'x-5') as AbsolutePath
    mkdirSync(kept, { recursive: true })
    const about = { version: 1, time: new Date().toISOString(), command: ['wt'], id: 'x', path: victim } as const
    writeManifest(kept, { ...about, staged: victim, entries: [], limit: 0, checkedAt: 0, whole: false })
    await drain(common, Date.now)
    expect(existsSync(join(victim, 'keep'))).toBe(true)
  })

  test('hard links elsewhere keep their content', async () => {
    const { repo, path } = scene()
    const store = join(repo.base, 'store')
    put(store, 'shared')
    mkdirSync(join(path, 'build'))
    linkSync(store, join(path, 'build', 'linked'))
    await wt(repo, ['remove', 'work', '--config-set=remove.keep = 0'])
    expect(readFileSync(store, 'utf8')).toBe('shared')
  })
})
