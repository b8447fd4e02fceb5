import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { descendantsOf } from '../../src/host/descendants.ts'
import type { TestRepo } from './repo.ts'

/** At how many moments a command is killed. */
export const MOMENTS = Number(process.env.WT_TEST_MOMENTS ?? 10)

/** A number from 0 to 1, excluded: by chance, and the same in every run. */
export const chance = (...seed: readonly unknown[]): number =>
  createHash('sha1').update(seed.join(' ')).digest().readUInt32BE() / 2 ** 32

interface Running {
  readonly pid: number
  readonly words: readonly string[]
}

const wordsIn = (pid: string, file: string): readonly string[] => {
  try {
    return readFileSync(join('/proc', pid, file), 'latin1').split('\0')
  } catch {
    // It has ended meanwhile, or is none of ours.
    return []
  }
}

/** What waits for a second to take an empty directory away. */
const isSweep = ({ words }: Running): boolean => /(?:^|\/)(?:sleep|rmdir)$/.test(words[0] ?? '') || words[1] === '-c'

/** All that works on a repository, whoever has started it: its home directory marks it. Empty where there is no /proc. */
const runningOn = (repo: TestRepo): readonly Running[] => {
  const pids = existsSync('/proc/self/environ') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []
  return pids
    .filter((pid) => wordsIn(pid, 'environ').includes(`HOME=${repo.env.HOME}`))
    .map((pid) => ({ pid: Number(pid), words: wordsIn(pid, 'cmdline') }))
}

/** Rounds of 10 ms that are waited. Not by the clock: it goes on while the machine itself is held. */
const PATIENCE = 2000

/** Waits until nothing works on a repository any more; `sweeps`: nor takes empty directories away. */
export const settled = async (repo: TestRepo, { sweeps = true } = {}): Promise<void> => {
  for (let round = 0; ; round++) {
    const left = runningOn(repo).filter((each) => sweeps || !isSweep(each))
    if (left.length === 0) return
    if (round > PATIENCE) throw new Error(`still running: ${left.map(({ words }) => words.join(' ')).join(', ')}`)
    await sleep(10)
  }
}

/** Sends a signal, unless the process has ended by itself. */
const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A process, all that it has started, and all else that works on the repository. */
const allOn = (repo: TestRepo, root: number): readonly Running[] => {
  const started = descendantsOf([root]).map((pid) => ({ pid, words: wordsIn(String(pid), 'cmdline') }))
  return [...started, ...runningOn(repo)]
}

/** Kills all of it, held still first so that nothing more is started. */
const killAll = (repo: TestRepo, root: number): void => {
  const stopped = new Set<number>()
  for (let before = -1; before !== stopped.size; ) {
    before = stopped.size
    for (const { pid } of allOn(repo, root)) {
      if (!stopped.has(pid)) signal(pid, 'SIGSTOP')
      stopped.add(pid)
    }
  }
  for (const pid of stopped) signal(pid, 'SIGKILL')
}

/** What somebody would call it: `wt`, `git update-ref`, `wt drain-trash`. */
const nameOf = ({ words }: Running): string => {
  const program = words[0]?.split('/').at(-1) ?? ''
  if (program !== 'git') return words.includes('drain-trash') ? 'wt drain-trash' : program === 'node' ? 'wt' : program
  return `git ${words.slice(1).find((word, at) => !word.startsWith('-') && !/^-[cC]$/.test(words[at] ?? '')) ?? ''}`
}

/** A command that was started, and the promise of its end. */
interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<unknown>
}

/**
 * Kills a command so many milliseconds from now: the process alone, whose children go on, or with all that works on the
 * repository, in whatever group, as a power cut would. Names what was killed or went on; undefined: it was over by then.
 */
export const killAfter = async (
  repo: TestRepo,
  { child, ended }: Started,
  { delay, alone }: { readonly delay: number; readonly alone: boolean },
): Promise<string | undefined> => {
  const { pid } = child
  if (pid === undefined) throw new Error('it was not started')
  await sleep(delay)
  const all = allOn(repo, pid).filter((each) => !isSweep(each))
  if (alone && all.some((each) => each.pid === pid)) signal(pid, 'SIGKILL')
  else killAll(repo, pid)
  await ended
  if (all.length === 0) return undefined
  // While it has a child at work, `wt` itself waits as a rule. A child that is just starting has no name.
  const busy = [...new Set(all.map(nameOf))].filter((name) => name !== 'wt' && name !== '').sort()
  return busy.length > 0 ? busy.join(' + ') : 'wt'
}

/** The lock files of git, and whatever else is called so, by their paths from the common directory. */
export const locksIn = (repo: TestRepo): readonly string[] =>
  readdirSync(join(repo.dir, '.git'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.lock'))

/** Whether a lock is one that `wt` could not have left: of git's it takes only this one itself. The next run frees it. */
export const isForeign = (lock: string): boolean => lock !== 'config.lock'

/** A run that has ended. */
interface Ended {
  readonly code: number | null
  readonly stderr: string
}

/** Does what the hint of a refusal says about what a killed git has left. Whether there was any. */
const follows = (repo: TestRepo, cwd: string, stderr: string): boolean => {
  const lock = /if no git is running there: rm '(.*\.lock)'/.exec(stderr)?.[1]
  if (lock !== undefined) rmSync(lock)
  else if (/git rebase --abort/.test(stderr)) repo.git('-C', cwd, 'rebase', '--abort')
  else return false
  return true
}

/**
 * Runs a command until it is done, and in between does what its hints say; how many of these there were. `took`:
 * milliseconds of the last run, with all that it has left running.
 */
export const runByHints = async (
  repo: TestRepo,
  cwd: string,
  run: () => Promise<Ended>,
): Promise<Ended & { readonly hints: number; readonly took: number }> => {
  for (let hints = 0; ; hints++) {
    const begun = performance.now()
    const ended = await run()
    if (ended.code !== 0 && hints < 20 && follows(repo, cwd, ended.stderr)) continue
    await settled(repo, { sweeps: false })
    return { ...ended, hints, took: performance.now() - begun }
  }
}

/** How often what was killed, to be told at the end of a long run. */
export class Tally {
  readonly #counts = new Map<string, number>()
  #all = 0

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
    this.#all += 1
    if (this.#all % 50 === 0) this.tell(`so far ${this.#all}:`)
  }

  tell(title: string): void {
    if (process.env.WT_TEST_MOMENTS === undefined) return
    const rows = [...this.#counts].sort(([, a], [, b]) => b - a).map(([what, count]) => `  ${count} ${what}\n`)
    process.stdout.write(`${title}\n${rows.join('')}`)
  }
}
