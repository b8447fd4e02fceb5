import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { tryLock, withLock } from '../../src/git/lock.ts'
import { thisProcess } from '../../src/git/process-identity.ts'
import { bundle } from '../support/bundle.ts'

let directory: AbsolutePath

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wt-lock-')) as AbsolutePath
})

const worker = bundle(new URL('lock-worker.ts', import.meta.url))
const start = (rounds: number): ChildProcess =>
  spawn(process.execPath, [worker, directory, String(rounds)], { stdio: 'inherit' })
const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('close', () => resolve()))
const generations = join('wt', 'locks', 'test')
const claimBy = (owner: object): void => {
  tryLock(directory, 'test')
  writeFileSync(join(directory, generations, '1'), JSON.stringify({ ...thisProcess(), ...owner }))
}

test('one holder at a time, and the next one when it is released', () => {
  const first = tryLock(directory, 'test')
  expect(first).toBeDefined()
  expect(tryLock(directory, 'test')).toBeUndefined()
  first?.release()
  first?.release()
  expect(tryLock(directory, 'test')).toBeDefined()
})

test('what lies about is only the latest generation', async () => {
  for (let at = 0; at < 5; at++) await withLock(directory, 'test', async () => undefined)
  expect(readdirSync(join(directory, generations)).toSorted()).toEqual(['5', '5.done'])
})

test.each([
  ['a process that is gone', { pid: 2 ** 22 + 1 }],
  ['a process whose number another one has now', { started: '1' }],
  ['this machine before it was started anew', { machine: `${thisProcess().machine.split(' ')[0]} earlier pid:[1]` }],
])('%s blocks nobody', (_, owner) => {
  claimBy(owner)
  expect(tryLock(directory, 'test')).toBeDefined()
})

test('a record that was cut off blocks nobody', () => {
  tryLock(directory, 'test')
  writeFileSync(join(directory, generations, '1'), '')
  expect(tryLock(directory, 'test')).toBeDefined()
})

test('a process of another machine is taken to be at work', () => {
  claimBy({ machine: 'elsewhere' })
  expect(tryLock(directory, 'test')).toBeUndefined()
})

test('whoever waits in vain is told who holds it and where the lock is', async () => {
  tryLock(directory, 'test')
  const waiting = withLock(directory, 'test', async () => undefined, { patience: 20 })
  await expect(waiting).rejects.toMatchObject({ code: 'LOCK_HELD', message: expect.stringContaining(`${process.pid}`) })
})

test('released when what was done inside fails', async () => {
  await expect(withLock(directory, 'test', () => Promise.reject(new Error('inside')))).rejects.toThrow('inside')
  expect(tryLock(directory, 'test')).toBeDefined()
})

test('never two holders, however many are killed while they hold it', { timeout: 60_000 }, async () => {
  const live = new Set<ChildProcess>()
  const add = (): void => {
    const child = start(1000)
    live.add(child)
    child.once('close', () => live.delete(child))
  }
  for (let at = 0; at < 4; at++) add()
  for (let kills = 0; kills < 25; kills++) {
    await sleep(60)
    const victim = [...live][Math.floor(Math.random() * live.size)]
    victim?.kill('SIGKILL')
    add()
  }
  for (const child of live) child.kill('SIGKILL')
  await Promise.all([...live].map(ended))
  const last = start(1)
  await ended(last)
  expect(last.exitCode).toBe(0)
  expect(readFileSync(join(directory, 'rounds'), 'utf8').length).toBeGreaterThan(20)
  expect(existsSync(join(directory, 'doubles')) && readFileSync(join(directory, 'doubles'), 'utf8')).toBe(false)
})
