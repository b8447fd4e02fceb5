import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import { dropConfigSection, editConfig } from '../../src/git/config-file.ts'
import { beginConfigWork, linkLock } from '../../src/git/config-work.ts'
import { wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const homeOf = ({ dir, env }: TestRepo) => ({ commonDir: join(dir, '.git') as AbsolutePath, env, patience: 0 })
const edit = [{ key: 'wt.history', value: 'topic' }]

test('what is written is what git reads, and the rest stays', async () => {
  const repo = makeRepo('basic')
  const before = repo.git('config', '--local', '--list')
  expect(await editConfig(homeOf(repo), edit)).toBe(true)
  expect(repo.git('config', '--local', '--list')).toBe(`${before}\nwt.history=topic`)
})

test('a file that only git understands is edited by git', async () => {
  const repo = makeRepo('basic')
  writeFileSync(join(repo.dir, '.git/config'), '[core] bare = false\n[wt] history = old\n', { flag: 'a' })
  expect(await editConfig(homeOf(repo), edit)).toBe(true)
  expect(repo.git('config', '--get-all', 'wt.history').trim()).toBe('topic')
})

test('mode and link of the file stay', async () => {
  const repo = makeRepo('basic')
  const [file, real] = [join(repo.dir, '.git/config'), join(repo.base, 'real-config')]
  renameSync(file, real)
  symlinkSync(real, file)
  chmodSync(real, 0o640)
  expect(await editConfig(homeOf(repo), edit)).toBe(true)
  expect([lstatSync(file).isSymbolicLink(), statSync(real).mode & 0o777]).toEqual([true, 0o640])
  expect(repo.git('config', 'wt.history').trim()).toBe('topic')
})

test('a lock that somebody holds is left alone', async () => {
  const repo = makeRepo('basic')
  repo.write('.git/config.lock', 'theirs')
  expect(await editConfig(homeOf(repo), edit)).toBe(false)
  expect(statSync(join(repo.dir, '.git/config.lock')).size).toBe('theirs'.length)
})

test('many at once lose nothing', async () => {
  const repo = makeRepo('basic')
  const names = Array.from({ length: 20 }, (_, at) => `key${at}`)
  const done = await Promise.all(
    names.map((name) => editConfig({ ...homeOf(repo), patience: 10_000 }, [{ key: `wt.${name}`, value: name }])),
  )
  expect(done.every(Boolean)).toBe(true)
  for (const name of names) expect(repo.git('config', `wt.${name}`).trim()).toBe(name)
})

test('a section goes with all that stands in it, and no other', async () => {
  const repo = makeRepo('basic')
  for (const name of ['a.b', 'a']) repo.git('config', `branch.${name}.remote`, 'origin')
  expect(await dropConfigSection(homeOf(repo), 'branch', 'a.b')).toBe(true)
  expect(repo.git('config', '--get-regexp', '^branch\\.').trim()).toBe('branch.a.remote origin')
})

describe('what a wt that was killed has left', () => {
  /** On record as the work of a process that is gone, its lock taken. */
  const killed = (forgets: readonly string[] = []) => {
    const repo = makeRepo('basic')
    const home = homeOf(repo)
    const work = beginConfigWork(home.commonDir, forgets as readonly BranchName[])
    const record = JSON.parse(readFileSync(`${work.draft}.json`, 'utf8')) as { owner: object }
    writeFileSync(`${work.draft}.json`, JSON.stringify({ ...record, owner: { ...record.owner, pid: 2 ** 22 + 1 } }))
    writeFileSync(work.draft, '[half')
    const lock = join(repo.dir, '.git/config.lock')
    linkLock(work, lock)
    const leftovers = () => readdirSync(join(repo.dir, '.git/wt/configuring'))
    return { repo, home, lock, leftovers }
  }

  test('its lock is freed by the next that writes', async () => {
    const { repo, home, lock, leftovers } = killed()
    expect(await editConfig(home, edit)).toBe(true)
    expect(repo.git('config', 'wt.history').trim()).toBe('topic')
    expect(existsSync(lock)).toBe(false)
    expect(leftovers()).toEqual([])
  })

  test('its lock is freed by any command that may write, and none that only looks', async () => {
    const { repo, lock, leftovers } = killed()
    await wt(repo, ['prune', '--dry-run'])
    expect(existsSync(lock)).toBe(true)
    await wt(repo, ['prune'])
    expect(existsSync(lock)).toBe(false)
    expect(leftovers()).toEqual([])
  })

  test('a lock that is somebody else’s by now stays', async () => {
    const { repo, home, lock, leftovers } = killed()
    rmSync(lock)
    writeFileSync(lock, 'theirs')
    expect(await editConfig(home, edit)).toBe(false)
    expect(readFileSync(lock, 'utf8')).toBe('theirs')
    expect(leftovers()).toEqual([])
    expect(repo.tryGit(['config', 'wt.history']).code).toBe(1)
  })

  test('the section of a branch that it had deleted goes, and none of a branch that is there', async () => {
    const { repo, lock } = killed(['gone', 'topic'])
    rmSync(lock)
    for (const name of ['gone', 'topic', 'other']) repo.git('config', `branch.${name}.description`, 'mine')
    await wt(repo, ['prune', '--min-age=999w'])
    expect(repo.git('config', '--name-only', '--get-regexp', '^branch\\.').split('\n')).toEqual([
      'branch.topic.description',
      'branch.other.description',
    ])
  })
})
