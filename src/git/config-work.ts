import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import { uniqueName } from '../core/unique-name.ts'
import { tryLock } from './lock.ts'
import { makeOwn } from './own-directory.ts'
import { namesIn, onDisk } from './paths.ts'
import { isAlive, type Owner, thisProcess } from './process-identity.ts'

interface WorkRecord {
  readonly owner: Owner
  /** Branches that are about to be deleted, whose sections go after them. */
  readonly forgets: readonly BranchName[]
}

/** Something that is being done to the repository's configuration, and on record while it is. */
export interface ConfigWork {
  /** Where the new text is written before git's lock is taken with it. */
  readonly draft: string
  end(): void
}

const NAME = 'configuring'
const RECORD = '.json'

const dropWork = (draft: string): void => {
  for (const path of [draft, draft + RECORD]) rmSync(onDisk(path), { force: true })
}

/** Says that the configuration is being changed, so that what a kill leaves is known as ours. Throws what the disk throws. */
export const beginConfigWork = (commonDir: AbsolutePath, forgets: readonly BranchName[] = []): ConfigWork => {
  const draft = join(makeOwn(commonDir, NAME), uniqueName())
  const record: WorkRecord = { owner: thisProcess(), forgets }
  writeFileSync(onDisk(draft + RECORD), JSON.stringify(record), { flag: 'wx', mode: 0o600 })
  return { draft, end: () => dropWork(draft) }
}

/** Takes git's lock with a text that is whole: it can be told from anybody else's lock by being the same file. */
export const linkLock = ({ draft }: ConfigWork, lock: string): void => linkSync(onDisk(draft), onDisk(lock))

/** Numbers of files may be longer than a double can tell apart. */
const isSameFile = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((path) => statSync(onDisk(path), { bigint: true, throwIfNoEntry: false }))
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev
}

/** Whether the lock is still the one that was taken with this draft. */
export const holdsLock = ({ draft }: ConfigWork, lock: string): boolean => isSameFile(draft, lock)

/** What a record says; `closed` where this user may not read it, `torn` where nobody can. */
const readRecord = (path: string): WorkRecord | 'closed' | 'torn' => {
  try {
    return JSON.parse(readFileSync(onDisk(path), 'utf8')) as WorkRecord
  } catch (error) {
    return error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'torn' : 'closed'
  }
}

/** Milliseconds after which a record that can't be read is not one that is just being written. */
const TORN = 10_000

/** What the record of a process that is gone had on its mind; undefined for one that is at work. */
const forgottenBy = (path: string): readonly BranchName[] | undefined => {
  const record = readRecord(path)
  if (record === 'closed') return undefined
  if (record !== 'torn') return isAlive(record.owner) === false ? record.forgets : undefined
  const stats = statSync(onDisk(path), { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > TORN ? [] : undefined
}

/** What a process that is gone has left. */
interface DeadWork extends ConfigWork {
  readonly forgets: readonly BranchName[]
}

/** What processes that are gone have on record. */
export const deadWorkIn = (commonDir: AbsolutePath): readonly DeadWork[] => {
  const directory = join(commonDir, 'wt', NAME)
  return namesIn(directory)
    .filter((name) => name.endsWith(RECORD))
    .flatMap((name) => {
      const forgets = forgottenBy(join(directory, name))
      const draft = join(directory, name.slice(0, -RECORD.length))
      return forgets === undefined ? [] : [{ draft, forgets, end: () => dropWork(draft) }]
    })
}

/**
 * Frees git's lock on the configuration where a `wt` that was killed holds it, as nobody else ever would. Nobody else's
 * lock is touched.
 */
export const freeDeadLock = (commonDir: AbsolutePath, lock: string, dead: readonly DeadWork[]): void => {
  if (dead.length === 0) return
  // One at a time: between the look and the deletion nobody else may free the lock for a third.
  const turn = tryLock(commonDir, 'config')
  if (turn === undefined) return
  try {
    for (const { draft, forgets, end } of dead) {
      if (isSameFile(draft, lock)) rmSync(onDisk(lock), { force: true })
      if (forgets.length === 0) end()
    }
  } finally {
    turn.release()
  }
}
