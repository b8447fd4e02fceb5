import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt, start, startBuilt } from './built.ts'
import { type GitShim, hangingGit, isAlive } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The processes that a hanging git has noted, once there are `count` of them at least. */
const hanging = async (shim: GitShim, count: number): Promise<readonly number[]> => {
  const pids: number[] = []
  for (let waited = 0; pids.length < count; waited += 20) {
    if (waited > 10_000) throw new Error(`only ${pids.length} processes were started`)
    await pause(20)
    pids.push(...shim.take().flatMap((line) => line.split(' ').map(Number)))
  }
  return pids
}

/** Which of them are still there; they get a second, in which a killed process may still be on its way out. */
const survivors = async (pids: readonly number[]): Promise<readonly number[]> => {
  for (let waited = 0; waited < 1000 && pids.some(isAlive); waited += 20) await pause(20)
  return pids.filter(isAlive)
}

const withWorktrees = (count: number): TestRepo => {
  const repo = makeRepo('ahead')
  for (let at = 0; at < count; at++) repo.addWorktree(`w${at}`, { from: 'main' })
  return repo
}

describe('signals while git hangs', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: dies of it within a second, and so does git',
    async (signal) => {
      const repo = withWorktrees(1)
      const shim = hangingGit(repo.env)
      const { child, ended } = startBuilt(wt, ['list'], { cwd: repo.dir, env: shim.env })
      const pids = await hanging(shim, 4)
      const before = Date.now()
      child.kill(signal)
      const { signal: cause, stdout } = await ended
      expect(Date.now() - before).toBeLessThan(1000)
      expect({ cause, stdout }).toEqual({ cause: signal, stdout: '' })
      expect(await survivors(pids)).toEqual([])
    },
  )
})

describe('a hanging git', () => {
  test('[list] timeout-ms ends it with its children; what is missing is open', async () => {
    // More worktrees than are asked at once: none may be started when the time is up.
    const repo = withWorktrees(6)
    mkdirSync(join(repo.base, 'home', '.config', 'wt'), { recursive: true })
    writeFileSync(join(repo.base, 'home', '.config', 'wt', 'config.toml'), '[list]\ntimeout-ms = 300\n')
    const shim = hangingGit(repo.env)
    const before = Date.now()
    const { code, stdout, stderr } = await runBuilt(wt, ['list'], { cwd: repo.dir, env: shim.env })
    expect(Date.now() - before).toBeLessThan(10_000)
    expect(code).toBe(0)
    expect(stdout.split('\n').filter((line) => /\bw\d\b/.test(line) && line.includes('·'))).toHaveLength(6)
    expect(stderr).toMatch(/timed out/)
    const started = shim.take().flatMap((line) => line.split(' ').map(Number))
    expect(started.length).toBeGreaterThan(0)
    expect(await survivors(started)).toEqual([])
    await pause(200)
    expect(shim.take(), 'nothing was started afterwards').toEqual([])
  })
})

test.skipIf(!existsSync('/dev/full'))('a disk that is full: one line says so, and the code is 1', async () => {
  const repo = makeRepo('basic')
  for (const words of ['list', 'list --json', 'config show']) {
    const script = `'${process.execPath}' '${wt}' ${words} > /dev/full`
    const { code, stderr } = await start('/bin/sh', ['-c', script], { cwd: repo.dir, env: repo.env }).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^✗ .*no space left[^\n]*\n↳ [^\n]*\n$/)
  }
})

describe('a reader that leaves', () => {
  test.each(['list --branches', 'list --branches --json'])('wt %s | head -1 ends quietly', async (words) => {
    const repo = makeRepo('ahead')
    const stream = Array.from({ length: 3000 }, (_, at) => `reset refs/heads/many/${at}\nfrom refs/heads/feature^0\n\n`)
    expect(repo.tryGit(['fast-import', '--quiet'], stream.join('')).code).toBe(0)
    const script = `{ '${process.execPath}' '${wt}' ${words}; echo "left with $?" >&2; } | head -1`
    const { code, stdout, stderr } = await start('/bin/sh', ['-c', script], { cwd: repo.dir, env: repo.env }).ended
    expect(code).toBe(0)
    expect(stdout.split('\n')).toHaveLength(2)
    expect(stderr).toBe('left with 0\n')
    const whole = await runBuilt(wt, words.split(' '), { cwd: repo.dir, env: repo.env })
    expect(whole.stdout.length, 'more than a pipe holds').toBeGreaterThan(65_536)
  })
})

test('a home that is no directory, and a shell whose files would be in it, are in nobody’s way', async () => {
  const repo = withWorktrees(1)
  const home = join(repo.base, 'no-home')
  writeFileSync(home, '')
  const env = { ...repo.env, HOME: home, XDG_CONFIG_HOME: join(home, 'config'), SHELL: '/usr/bin/fish' }
  const { code, stderr } = await runBuilt(wt, ['remove', 'w0'], { cwd: `${repo.dir}.w0`, env })
  expect(code, stderr).toBe(0)
  expect(existsSync(`${repo.dir}.w0/.git`)).toBe(false)
})
