import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { marked, markOf, pause, until, userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt } from './built.ts'
import { isAlive } from './git-shim.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

interface Hanging {
  readonly child: ChildProcess
  readonly repo: TestRepo
  /** The processes of the hook. */
  readonly pids: readonly number[]
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/** Starts a hook in a process group of its own, as a shell does, and waits until it has begun. */
const hang = async (hook: (mark: (name: string) => string) => string): Promise<Hanging> => {
  const repo = makeRepo('ahead')
  userConfig(
    repo,
    `pre-merge = ${JSON.stringify([hook((name) => marked(repo, name)), `touch ${marked(repo, 'next')}`])}\n`,
  )
  const child = spawn(process.execPath, [wt, 'hook', 'pre-merge'], {
    cwd: repo.dir,
    env: repo.env,
    stdio: 'ignore',
    detached: true,
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  await until(() => /\d+ \d+\n/.test(markOf(repo, 'pids') ?? ''))
  // dash loses a signal that comes while it is between two commands.
  await pause(200)
  return { child, repo, ended, pids: (markOf(repo, 'pids') ?? '').trim().split(' ').map(Number) }
}

/** A hook that hangs in a child of its shell. */
const HANGS = (mark: (name: string) => string): string => `sleep 60 & echo $$ $! > ${mark('pids')}; wait; true`

const survivors = async (pids: readonly number[]): Promise<readonly number[]> => {
  for (let waited = 0; waited < 1000 && pids.some(isAlive); waited += 20) await pause(20)
  return pids.filter(isAlive)
}

describe('a hook that hangs', () => {
  test('Ctrl-C, which the terminal sends to the whole job: it ends within a second, and wt dies of it', async () => {
    const { child, repo, pids, ended } = await hang((mark) => `echo $$ $$ > ${mark('pids')}; sleep 60; true`)
    const before = Date.now()
    process.kill(-(child.pid as number), 'SIGINT')
    expect(await ended).toEqual({ code: null, signal: 'SIGINT' })
    expect(Date.now() - before).toBeLessThan(1000)
    expect(await survivors(pids)).toEqual([])
    expect(markOf(repo, 'next')).toBeUndefined()
  })

  test('it stays in the job of the shell', async () => {
    const { child, pids, ended } = await hang(HANGS)
    const groups = spawnSync('ps', ['-o', 'pgid=', '-p', pids.join(',')], { encoding: 'utf8' }).stdout
    process.kill(-(child.pid as number), 'SIGKILL')
    await ended
    expect(groups.trim().split(/\s+/).map(Number)).toEqual(pids.map(() => child.pid))
  })

  test.each(['SIGTERM', 'SIGHUP'] as const)('%s to wt alone ends the hook and what it has started', async (signal) => {
    const { child, repo, pids, ended } = await hang(HANGS)
    const before = Date.now()
    child.kill(signal)
    expect(await ended).toEqual({ code: null, signal })
    expect(Date.now() - before).toBeLessThan(1000)
    expect(await survivors(pids)).toEqual([])
    expect(markOf(repo, 'next')).toBeUndefined()
  })

  test('SIGINT to wt alone: the hook ends in its own way, nothing more starts, wt dies of it', async () => {
    const { child, repo, ended } = await hang(
      (mark) => `echo 1 2 > ${mark('pids')}; until test -e ${mark('go')}; do sleep 0.02; done; touch ${mark('end')}`,
    )
    child.kill('SIGINT')
    await pause(200)
    expect(child.exitCode ?? child.signalCode, 'it waits').toBeNull()
    writeFileSync(marked(repo, 'go'), '')
    expect(await ended).toEqual({ code: null, signal: 'SIGINT' })
    expect([markOf(repo, 'end'), markOf(repo, 'next')]).toEqual(['', undefined])
  })

  test('a hook that traps Ctrl-C and leaves with 0 does not let the command go on', async () => {
    const { child, repo, ended } = await hang(
      (mark) => `trap 'touch ${mark('trapped')}; exit 0' INT; echo 1 2 > ${mark('pids')}; while :; do sleep 0.02; done`,
    )
    process.kill(-(child.pid as number), 'SIGINT')
    expect(await ended).toEqual({ code: null, signal: 'SIGINT' })
    expect([markOf(repo, 'trapped'), markOf(repo, 'next')]).toEqual(['', undefined])
  })

  test('130 of a hook is a status like any other', async () => {
    const repo = makeRepo('ahead')
    userConfig(repo, 'pre-merge = "exit 130"')
    const { status, signal } = spawnSync(process.execPath, [wt, 'hook', 'pre-merge'], { cwd: repo.dir, env: repo.env })
    expect({ status, signal }).toEqual({ status: 130, signal: null })
  })

  test('side by side, all are waited for', async () => {
    const repo = makeRepo('ahead')
    const mark = (name: string): string => marked(repo, name)
    userConfig(
      repo,
      `pre-merge = [{ a = "echo $$ > ${mark('a')}; sleep 60", b = "echo $$ > ${mark('b')}; sleep 60" }, "touch ${mark('next')}"]`,
    )
    const child = spawn(process.execPath, [wt, 'hook', 'pre-merge'], {
      cwd: repo.dir,
      env: repo.env,
      stdio: 'ignore',
      detached: true,
    })
    const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))
    await until(() => ['a', 'b'].every((name) => /\d\n/.test(markOf(repo, name) ?? '')))
    const pids = ['a', 'b'].map((name) => Number(markOf(repo, name)))
    child.kill('SIGTERM')
    expect(await ended).toBe('SIGTERM')
    expect(await survivors(pids)).toEqual([])
    expect(markOf(repo, 'next')).toBeUndefined()
  })
})
