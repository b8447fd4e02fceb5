import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import { namesIn, onDisk, readText } from './paths.ts'
import { isAlive, type Owner } from './process-identity.ts'

/**
 * Says that a worktree is being added, and by whom. It is written before git is started and taken away when everything is
 * done, so one whose owner is gone tells what was left half-way, and that it is ours to put right.
 */
export interface CreationRecord {
  readonly token: string
  readonly owner: Owner
  /** The git at work, which may outlive its `wt`. */
  readonly child?: Owner
  readonly path: AbsolutePath
  readonly branch: BranchName
  /** The branch is made together with the worktree. */
  readonly makesBranch: boolean
}

const directoryOf = (commonDir: AbsolutePath): string => join(commonDir, 'wt', 'creating')

const fileOf = (commonDir: AbsolutePath, token: string): string => join(directoryOf(commonDir), `${token}.json`)

/** Writes a record, or writes it anew. Throws what the file system throws. */
export const writeCreation = (commonDir: AbsolutePath, record: CreationRecord): void => {
  const file = fileOf(commonDir, record.token)
  mkdirSync(onDisk(directoryOf(commonDir)), { recursive: true })
  writeFileSync(onDisk(`${file}.tmp`), JSON.stringify(record))
  renameSync(onDisk(`${file}.tmp`), onDisk(file))
}

/** Takes a record away. */
export const dropCreation = (commonDir: AbsolutePath, token: string): void => {
  const file = fileOf(commonDir, token)
  for (const each of [file, `${file}.tmp`]) rmSync(onDisk(each), { force: true })
}

const read = (commonDir: AbsolutePath, name: string): CreationRecord | undefined => {
  try {
    return JSON.parse(readText(join(directoryOf(commonDir), name)) ?? '') as CreationRecord
  } catch {
    return undefined
  }
}

/** Every creation on record. */
export const creationsIn = (commonDir: AbsolutePath): readonly CreationRecord[] =>
  namesIn(directoryOf(commonDir))
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => read(commonDir, name) ?? [])

/** Whether somebody is at work on it, or can't be asked. */
export const isUnderWay = ({ owner, child }: CreationRecord): boolean =>
  (isAlive(owner) ?? true) || (child !== undefined && (isAlive(child) ?? true))

/** What git writes into the registration's `locked`, and so says whose it is from its very first file on. */
export const lockReason = (token: string): string => `being created by wt ${token}`

/** The registration that a creation has made, by its token; undefined when there is none. */
export const registrationOf = (commonDir: AbsolutePath, token: string): AbsolutePath | undefined => {
  const registry = join(commonDir, 'worktrees')
  const id = namesIn(registry).find((name) => readText(join(registry, name, 'locked'))?.trim() === lockReason(token))
  return id === undefined ? undefined : (join(registry, id) as AbsolutePath)
}

/** The token in a lock's reason; undefined for a lock of somebody's own. */
const tokenIn = (reason: string | undefined): string | undefined =>
  /^being created by wt ([0-9a-f-]{36})$/.exec(reason ?? '')?.[1]

/** Whether the lock of a registration says that a `wt` is still adding that worktree. */
export const isBeingCreated = (gitDir: AbsolutePath, reason: string | undefined): boolean => {
  const token = tokenIn(reason)
  if (token === undefined || readText(join(gitDir, 'locked'))?.trim() !== lockReason(token)) return false
  const record = read(dirname(dirname(gitDir)) as AbsolutePath, `${token}.json`)
  return record !== undefined && isUnderWay(record)
}
