import {
  appendFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { encodeBytes } from '../core/bytes.ts'
import type { HookKind, HookSource } from '../core/hooks.ts'
import { safeFileName, shortNameHash } from '../core/name-hash.ts'
import type { PipelineRecord } from './result.ts'

/** What a worktree without a branch is filed under. */
const DETACHED = 'detached'
/** File systems take no longer names. Bytes, with room for an ending. */
const LONGEST = 200
/** The command log is put aside at this size. Bytes. */
const FULL = 1_000_000

const fileName = (name: string): string => {
  const safe = safeFileName(name)
  if (encodeBytes(safe).length <= LONGEST) return safe
  return `${[...safe].slice(0, LONGEST / 4).join('')}-${shortNameHash(name)}`
}

const logRoot = (commonDir: string): string => join(commonDir, 'wt', 'logs')

/** What a pipeline is filed under. */
export interface PipelineName {
  readonly hook: HookKind
  readonly source: HookSource
  readonly branch: string | undefined
}

/** The directory of a pipeline's logs: `<common>/wt/logs/<branch>/<source>/<hook>`. */
export const pipelineDirectory = (commonDir: string, { hook, source, branch }: PipelineName): string =>
  join(logRoot(commonDir), fileName(branch ?? DETACHED), source, hook)

/** The log of one command: its name, or its number among all of the pipeline. */
export const commandLog = (directory: string, name: string | undefined, index: number): string =>
  join(directory, `${name === undefined ? `cmd-${index}` : fileName(name)}.log`)

/** Opens a log anew and answers with its descriptor. */
export const openLog = (directory: string, file: string): number => {
  mkdirSync(directory, { recursive: true })
  return openSync(file, 'w', 0o644)
}

const RECORD = 'runner.json'

/** Keeps how a pipeline stands, beside its logs. */
export const writeRecord = (directory: string, record: PipelineRecord): void => {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, RECORD)
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(record)}\n`)
  renameSync(`${file}.${process.pid}`, file)
}

/** A process that has ended and that nobody has asked about is still there, in name. */
const isZombie = (pid: number): boolean => {
  try {
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const readRecord = (file: string): PipelineRecord | undefined => {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as PipelineRecord
    if (record.outcome !== 'running' || isAlive(record.pid)) return record
    return { ...record, outcome: 'failed', message: 'it was ended before it was done' }
  } catch {
    return undefined
  }
}

const below = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory).map((name) => join(directory, name))
  } catch {
    return []
  }
}

/** How the background pipelines of a repository stand, the latest first. */
export const readRecords = (commonDir: string): readonly PipelineRecord[] =>
  below(logRoot(commonDir))
    .flatMap(below)
    .flatMap(below)
    .flatMap((directory) => readRecord(join(directory, RECORD)) ?? [])
    .sort((a, b) => b.started - a.started)

/** One command that was run, for the command log. */
export interface LoggedCommand {
  /** Milliseconds since 1970. */
  readonly started: number
  readonly words: readonly string[]
  readonly label: string
  readonly script: string
  /** Undefined for what runs in the background. */
  readonly end: { readonly code: number; readonly milliseconds: number } | undefined
}

/** Adds a line to `commands.jsonl`. A log that can't be written stops nothing. */
export const logCommand = (commonDir: string, { started, words, label, script, end }: LoggedCommand): void => {
  const file = join(logRoot(commonDir), 'commands.jsonl')
  const ts = new Date(started).toISOString().replace(/\.\d+Z$/, 'Z')
  const line = {
    ts,
    wt: words.join(' '),
    label,
    cmd: script,
    exit: end?.code ?? null,
    dur_ms: end?.milliseconds ?? null,
  }
  try {
    mkdirSync(logRoot(commonDir), { recursive: true })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > FULL) renameSync(file, `${file}.old`)
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  } catch {
    // A repository that can't be written.
  }
}
