import { constants, copyFileSync, linkSync, mkdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { WtError } from '../core/errors.ts'

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What a link leads to that leads nowhere; undefined for anything else. */
export const danglingLink = (path: string): string | undefined => {
  try {
    const target = readlinkSync(path)
    return statSync(path, { throwIfNoEntry: false }) === undefined ? target : undefined
  } catch {
    return undefined
  }
}

const unwritable = (path: string, reason: string): WtError =>
  new WtError('CONFIG_UNWRITABLE', `${path} can’t be written: ${reason}`, { hint: 'nothing was changed' })

const discard = (draft: string): void => {
  try {
    rmSync(draft, { force: true })
  } catch {
    // It could not be made either.
  }
}

/** Gives a file its name, unless another one has it. Unlike a rename, a link never takes another file's place. */
const place = (draft: string, path: string): boolean => {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EXDEV'].includes(code)) throw error
    copyFileSync(draft, path, constants.COPYFILE_EXCL)
    return true
  }
}

/**
 * Makes a file with the directories that it needs, whole or not at all, unless something is there: that is the answer
 * then. Throws CONFIG_UNWRITABLE, also for a link that leads nowhere.
 */
export const createFile = (path: string, text: string): 'created' | 'exists' => {
  const target = danglingLink(path)
  if (target !== undefined) throw unwritable(path, `it is a link to ${target}, which is not there`)
  const draft = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, text, { flag: 'wx' })
    return place(draft, path) ? 'created' : 'exists'
  } catch (error) {
    throw unwritable(path, reasonOf(error))
  } finally {
    discard(draft)
  }
}
