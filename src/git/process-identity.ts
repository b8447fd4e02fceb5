import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Tells one process from every other, also from one that gets its number later. */
export interface Owner {
  readonly pid: number
  /** When it was started, in the system's own words; empty where the system does not tell. */
  readonly started: string
  /** Processes are numbered anew on every machine and after every start of it. */
  readonly machine: string
}

const bootOf = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** The process table that this process is numbered in: containers have their own. */
const tableOf = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

const machine = (): string => [hostname(), bootOf(), tableOf()].join(' ').trim()

/**
 * The 22nd field of proc(5)'s stat, counted from behind the name, which may hold anything; elsewhere what ps(1) says. A
 * process that has ended and waits for its parent to notice has none: in a container that may take for ever.
 */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '')
  } catch {
    if (process.platform === 'linux') return ''
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return ''
  }
}

let self: Owner | undefined

/** The owner record of this process. */
export const thisProcess = (): Owner => {
  self ??= { pid: process.pid, started: startOf(process.pid), machine: machine() }
  return self
}

/** The owner record of a child that was just started. Without its start where that would take a process. */
export const childOwner = (pid: number): Owner => ({
  pid,
  started: process.platform === 'linux' ? startOf(pid) : '',
  machine: thisProcess().machine,
})

const answers = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether a process still runs; undefined for one that can't be asked, being of another machine or another table of
 * processes.
 */
export const isAlive = ({ pid, started, machine: where }: Owner): boolean | undefined => {
  const me = thisProcess()
  if (where !== me.machine) return wasHere(where, me.machine) ? false : undefined
  if (!answers(pid)) return false
  return started === '' || startOf(pid) === started
}

/** This host before it was started anew: nothing of then still runs. */
const wasHere = (where: string, here: string): boolean => {
  const [host, boot] = where.split(' ')
  const [myHost, myBoot] = here.split(' ')
  return host === myHost && boot !== myBoot
}
