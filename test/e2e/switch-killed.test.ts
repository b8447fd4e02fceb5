import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, statusOf, underWay, until, worktreesOf } from '../support/switching.ts'
import { copyBuilt, runBuilt, startGroup } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

/** A repository whose checkout stops in a filter of `slow.txt`, once, until it is killed; `held` says that it got there. */
const withSlowFilter = (): TestRepo => {
  const repo = makeRepo('basic')
  repo.commit('slow', { files: { '.gitattributes': 'slow.txt filter=slow\n', 'slow.txt': 'slow\n', 'z.txt': 'z\n' } })
  const held = join(repo.base, 'held')
  repo.git('config', 'filter.slow.smudge', `if [ -e '${held}' ]; then cat; else touch '${held}'; sleep 30; fi`)
  repo.git('config', 'filter.slow.clean', 'cat')
  repo.git('config', 'filter.slow.required', 'true')
  return repo
}

const run = (repo: TestRepo, ...words: readonly string[]) => runBuilt(wt, words, { cwd: repo.dir, env: repo.env })

/** Registers by hand what a git leaves that is killed right after it has written these files. */
const halfMade = (repo: TestRepo, files: Readonly<Record<string, string>>): string => {
  const entry = join(repo.dir, '.git', 'worktrees', 'repo.x')
  const token = '00000000-0000-4000-8000-000000000000'
  mkdirSync(entry, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(entry, name), text.replace('TOKEN', token))
  const dead = { pid: 2 ** 22 + 1, started: '1', machine: 'gone' }
  const me = spawnedMachine(repo)
  const record = { token, owner: { ...dead, machine: me }, path: `${repo.dir}.x`, branch: 'x', makesBranch: true }
  mkdirSync(join(repo.dir, '.git/wt/creating'), { recursive: true })
  writeFileSync(join(repo.dir, '.git/wt/creating', `${token}.json`), JSON.stringify(record))
  return entry
}

/** How the program calls this machine: read from a lock that it has taken. */
const spawnedMachine = (repo: TestRepo): string => {
  const lock = join(repo.dir, '.git/wt/locks/registry')
  return (JSON.parse(readFileSync(join(lock, '1'), 'utf8')) as { machine: string }).machine
}

describe('kill -9 of everything while a worktree is added', () => {
  test('during the checkout: the next run finishes it, and nothing is left over', async () => {
    const repo = withSlowFilter()
    const killed = startGroup(wt, ['switch', '-c', 'x'], { cwd: repo.dir, env: repo.env })
    await until(() => existsSync(join(repo.base, 'held')))
    process.kill(-(killed.child.pid as number), 'SIGKILL')
    await killed.ended
    expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.x': 'x locked' })
    writeFileSync(`${repo.dir}.x/mine.txt`, 'mine\n')
    const listed = await run(repo, 'list', '--json')
    expect(listed.code, listed.stderr).toBe(0)
    const next = await run(repo, 'switch', 'x', '--json')
    expect(next.code, next.stderr).toBe(0)
    expect(JSON.parse(next.stdout)).toMatchObject({ action: 'existing', branch: 'x' })
    expect(next.stderr).toContain('was killed')
    expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.x': 'x' })
    expect(statusOf(repo, `${repo.dir}.x`)).toEqual(['?? mine.txt'])
    expect(underWay(repo)).toEqual([])
    expect((await run(repo, 'switch', 'x')).stderr).not.toContain('was killed')
  })

  test('what was changed in the half-checked-out worktree meanwhile is not overwritten', async () => {
    const repo = withSlowFilter()
    const killed = startGroup(wt, ['switch', '-c', 'x'], { cwd: repo.dir, env: repo.env })
    await until(() => existsSync(join(repo.base, 'held')))
    process.kill(-(killed.child.pid as number), 'SIGKILL')
    await killed.ended
    writeFileSync(`${repo.dir}.x/z.txt`, 'edited\n')
    const next = await run(repo, 'switch', 'x')
    expect(next.code, next.stderr).toBe(0)
    expect(readFileSync(`${repo.dir}.x/z.txt`, 'utf8')).toBe('edited\n')
    expect(statusOf(repo, `${repo.dir}.x`)).toEqual([' M z.txt'])
    expect(next.stderr).toContain('not as committed: 1')
  })

  test('at any moment: the same name can be had afterwards, or it is said how', async () => {
    for (let delay = 0; delay <= 150; delay += 15) {
      const repo = makeRepo('basic')
      const killed = startGroup(wt, ['switch', '-c', 'x'], { cwd: repo.dir, env: repo.env })
      await sleep(delay)
      if (killed.child.exitCode === null) process.kill(-(killed.child.pid as number), 'SIGKILL')
      await killed.ended
      for (const lock of ['config.lock', 'refs/heads/x.lock']) rmSync(join(repo.dir, '.git', lock), { force: true })
      const next = await run(repo, 'switch', '-c', 'x')
      if (next.code !== 0) {
        expect(next.stderr).toContain('wt switch x')
        expect((await run(repo, 'switch', 'x')).code, next.stderr).toBe(0)
      }
      expect(worktreesOf(repo), `after ${delay} ms`).toEqual({ repo: 'main', 'repo.x': 'x' })
      expect(statusOf(repo, `${repo.dir}.x`)).toEqual([])
      expect(underWay(repo)).toEqual([])
      expect(repo.git('fsck', '--no-progress')).toBe('')
    }
  })
})

describe('a registration that a killed git has left half-made', () => {
  const stages: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['nothing in it', {}],
    ['only its lock', { locked: 'being created by wt TOKEN' }],
    ['no commondir', { locked: 'being created by wt TOKEN', HEAD: `${'0'.repeat(40)}\n` }],
    ['no HEAD to speak of', { locked: 'being created by wt TOKEN', HEAD: `${'0'.repeat(40)}\n`, commondir: '../..\n' }],
  ]
  test.each(stages)('%s: it is cleared, the others are untouched, and the name is free', async (_, files) => {
    const repo = makeRepo('basic')
    await run(repo, 'switch', '-c', 'other')
    const entry = halfMade(repo, files)
    if ('HEAD' in files) {
      writeFileSync(join(entry, 'gitdir'), `${repo.dir}.x/.git\n`)
      mkdirSync(`${repo.dir}.x`)
      writeFileSync(`${repo.dir}.x/.git`, `gitdir: ${entry}\n`)
    }
    const next = await run(repo, 'switch', '-c', 'x')
    expect(next.code, next.stderr).toBe(0)
    expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.other': 'other', 'repo.x': 'x' })
  })

  test('with files of the user’s beside it: it is left, and the one command that clears it is named', async () => {
    const repo = makeRepo('basic')
    await run(repo, 'switch', '-c', 'other')
    const entry = halfMade(repo, { locked: 'being created by wt TOKEN', HEAD: `${'0'.repeat(40)}\n` })
    writeFileSync(join(entry, 'gitdir'), `${repo.dir}.x/.git\n`)
    mkdirSync(`${repo.dir}.x`)
    writeFileSync(`${repo.dir}.x/precious`, 'keep\n')
    const next = await run(repo, 'switch', 'other')
    expect(next.code, next.stderr).toBe(0)
    expect(next.stderr).toContain(`rm -r ${entry}`)
    expect(readFileSync(`${repo.dir}.x/precious`, 'utf8')).toBe('keep\n')
  })

  test('by somebody else: it is not touched; adding says which it is and what clears it', async () => {
    const repo = makeRepo('basic')
    const entry = join(repo.dir, '.git', 'worktrees', 'theirs')
    mkdirSync(entry, { recursive: true })
    writeFileSync(join(entry, 'locked'), 'initializing')
    const next = await run(repo, 'switch', '-c', 'x')
    if (next.code === 0) expect(worktreesOf(repo)).toMatchObject({ 'repo.x': 'x' })
    else expect(next.stderr).toContain(`rm -r ${entry}`)
    expect(existsSync(entry)).toBe(true)
    expect((await run(repo, 'switch', 'main')).code).toBe(0)
  })
})

describe('signals while a worktree is added', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: everything is undone but the branch, then it dies of it',
    async (signal) => {
      const repo = withSlowFilter()
      const { child, ended } = startGroup(wt, ['switch', '-c', 'x'], { cwd: repo.dir, env: repo.env })
      await until(() => existsSync(join(repo.base, 'held')))
      const before = Date.now()
      process.kill(signal === 'SIGINT' ? -(child.pid as number) : (child.pid as number), signal)
      const { signal: cause } = await ended
      expect(Date.now() - before).toBeLessThan(3000)
      expect(cause).toBe(signal)
      expect(worktreesOf(repo)).toEqual({ repo: 'main' })
      expect(existsSync(`${repo.dir}.x`)).toBe(false)
      expect(branchesOf(repo)).toContain('x')
      expect(underWay(repo)).toEqual([])
      const next = await run(repo, 'switch', 'x')
      expect(next.code, next.stderr).toBe(0)
      expect(statusOf(repo, `${repo.dir}.x`)).toEqual([])
    },
  )

  test('a held registry does not keep Ctrl-C waiting', async () => {
    const repo = makeRepo('basic')
    await run(repo, 'switch', '-c', 'first')
    const lock = join(repo.dir, '.git/wt/locks/registry')
    const owner = { pid: process.pid, started: '', machine: spawnedMachine(repo) }
    writeFileSync(join(lock, '99'), JSON.stringify(owner))
    const { child, ended } = startGroup(wt, ['switch', '-c', 'x'], { cwd: repo.dir, env: repo.env })
    await sleep(600)
    const before = Date.now()
    child.kill('SIGINT')
    expect((await ended).signal).toBe('SIGINT')
    expect(Date.now() - before).toBeLessThan(1000)
    expect(branchesOf(repo)).not.toContain('x')
  })
})
