import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt, type Started, startBuilt } from './built.ts'
import { isAlive } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

interface Tethered extends Started {
  readonly dir: string
  /** The shell that was started, and the program that it started in turn. */
  readonly pids: readonly number[]
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const until = async (holds: () => boolean): Promise<void> => {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 10_000) throw new Error('it did not come to that')
    await pause(20)
  }
}

/** Tethers a shell that starts another process and notes both. `rest` is what it does then. */
const tether = async (rest: string): Promise<Tethered> => {
  const { base, env } = makeRepo('basic')
  const dir = join(base, 'place')
  mkdirSync(dir)
  const pids = join(base, 'pids')
  const script = `sleep 300 & echo $$ $! > '${pids}'; ${rest}`
  const started = startBuilt(wt, ['step', 'tether', '--', 'sh', '-c', script], { cwd: dir, env })
  await until(() => existsSync(pids) && readFileSync(pids, 'utf8').endsWith('\n'))
  return { ...started, dir, pids: readFileSync(pids, 'utf8').trim().split(' ').map(Number) }
}

describe('wt step tether', () => {
  test('ends the program, and what it has started, when the directory is gone', async () => {
    const { dir, pids, ended } = await tether('wait')
    expect(pids.every(isAlive)).toBe(true)
    rmSync(dir, { recursive: true })
    expect(await ended).toMatchObject({ code: 0, signal: null })
    expect(pids.filter(isAlive)).toEqual([])
  })

  test('a directory of the same name in its place is another one', async () => {
    const { dir, pids, ended } = await tether('wait')
    writeFileSync(join(dir, 'x'), '')
    rmSync(dir, { recursive: true })
    mkdirSync(`${dir}.new`)
    mkdirSync(dir)
    expect((await ended).code).toBe(0)
    expect(pids.filter(isAlive)).toEqual([])
  })

  test('one that does not listen is ended all the same', async () => {
    const { dir, pids, ended } = await tether("trap '' TERM; while :; do sleep 1; done")
    rmSync(dir, { recursive: true })
    expect((await ended).code).toBe(0)
    expect(pids.filter(isAlive)).toEqual([])
  })

  test('leaves nothing behind when the program ends, whatever with', async () => {
    const { pids, ended } = await tether('exit 3')
    expect(await ended).toMatchObject({ code: 0, signal: null })
    expect(pids.filter(isAlive)).toEqual([])
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the group, then wt', async (signal) => {
    const { child, pids, ended } = await tether('wait')
    child.kill(signal)
    expect((await ended).signal).toBe(signal)
    expect(pids.filter(isAlive)).toEqual([])
  })

  test('-C says where the program runs; the environment is its own', async () => {
    const { base, dir, env } = makeRepo('basic')
    const words = ['-C', base, 'step', 'tether', '--', 'sh', '-c', 'pwd; echo "$WT_DIRECTIVE_CD_FILE$GIT_DIR"']
    const told = { ...env, WT_DIRECTIVE_CD_FILE: 'x', GIT_DIR: 'y' }
    const { code, stdout } = await runBuilt(wt, words, { cwd: dir, env: told })
    expect([code, stdout]).toEqual([0, `${base}\n\n`])
  })

  test('a program that can’t be started is an error; none at all is another', async () => {
    const { dir, env } = makeRepo('basic')
    const missing = await runBuilt(wt, ['step', 'tether', '--', 'no-such-program'], { cwd: dir, env })
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('no-such-program') })
    expect((await runBuilt(wt, ['step', 'tether'], { cwd: dir, env })).code).toBe(2)
  })
})
