import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that has its working directory somewhere. */
export interface Reaped {
  readonly pid: number
  readonly name: string
}

interface Candidate extends Reaped {
  readonly parent: number
  /** It has a controlling terminal: a shell or a program that somebody looks at. */
  readonly terminal: boolean
  readonly cwd: Buffer
}

/** proc(5): the name stands in brackets and may hold anything; then state, parent, group, session, terminal. */
const readProcess = (pid: number): Candidate | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const end = stat.lastIndexOf(')')
    const fields = stat.slice(end + 2).split(' ')
    const cwd = readlinkSync(`/proc/${pid}/cwd`, { encoding: 'buffer' })
    const name = stat.slice(stat.indexOf('(') + 1, end)
    return { pid, name, parent: Number(fields[1]), terminal: fields[4] !== '0', cwd }
  } catch {
    return undefined
  }
}

const onLinux = (): readonly Candidate[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])

const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5000 })

/** Elsewhere lsof(8) knows directories and ps(1) terminals. Without an answer from both nobody is ended. */
const elsewhere = (): readonly Candidate[] => {
  const known = new Map(
    run('ps', ['-axo', 'pid=,ppid=,tty=,comm='])
      .split('\n')
      .flatMap((line) => {
        const [, pid, parent, tty, name] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
        const about = { parent: Number(parent), terminal: !/^[?-]/.test(tty ?? ''), name: name ?? '' }
        return pid === undefined ? [] : [[Number(pid), about] as const]
      }),
  )
  let pid = 0
  return run('lsof', ['-w', '-d', 'cwd', '-F', 'pn'])
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('p')) pid = Number(line.slice(1))
      const about = known.get(pid)
      return line.startsWith('n') && about !== undefined ? [{ pid, ...about, cwd: Buffer.from(line.slice(1)) }] : []
    })
}

/** This process and those that it was started by: they wait for it. */
const ownLine = (all: readonly Candidate[]): ReadonlySet<number> => {
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]))
  const line = new Set<number>([process.pid, process.ppid])
  for (let pid: number | undefined = process.ppid; pid !== undefined && pid > 1; pid = parents.get(pid)) line.add(pid)
  return line
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const end = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself, or is not ours to end.
  }
}

/** Milliseconds that a process has to end in peace. */
const GRACE = 2000

/**
 * Ends the processes that work at or below a directory, given by its bytes: those without a terminal, and none that this
 * one was started by. SIGTERM, then SIGKILL. Whoever can't be found out about is left alone.
 */
export const reapProcesses = async (directory: Uint8Array): Promise<readonly Reaped[]> => {
  let all: readonly Candidate[]
  try {
    all = process.platform === 'linux' ? onLinux() : elsewhere()
  } catch {
    return []
  }
  const spared = ownLine(all)
  const below = Buffer.concat([directory, Buffer.from('/')])
  const found = all.filter(
    ({ pid, terminal, cwd }) =>
      !spared.has(pid) && !terminal && (cwd.equals(directory) || cwd.subarray(0, below.length).equals(below)),
  )
  for (const { pid } of found) end(pid, 'SIGTERM')
  const last = performance.now() + GRACE
  while (found.some(({ pid }) => isAlive(pid)) && performance.now() < last) await sleep(20)
  for (const { pid } of found) if (isAlive(pid)) end(pid, 'SIGKILL')
  return found.map(({ pid, name }) => ({ pid, name }))
}
