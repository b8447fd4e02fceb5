import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { withFileLock } from './file-lock.ts'

/** A file that is reached through a link is edited where it is: the link stays. */
const followed = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Puts a whole new file in the place of the old one: a full disk leaves the old one as it is. */
const replace = (file: string, text: string, mode: number | undefined): void => {
  const draft = `${file}.${process.pid}.tmp`
  try {
    const descriptor = openSync(draft, 'wx', mode ?? 0o666)
    try {
      const kept = mode ?? statSync(file, { throwIfNoEntry: false })?.mode
      if (kept !== undefined) fchmodSync(descriptor, kept & 0o7777)
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Edits a file of the user's, and makes it, with its directory, if it is not there: under a lock, by rename, through a
 * link. `edit` is told where the file really is, and answers with its new text, or undefined to leave it as it is. Without
 * a `mode` it keeps its own. Throws what `edit` throws, and an error of the system's, or about the lock, where the file
 * can't be written.
 */
export const editFile = async (
  path: string,
  edit: (file: string) => Promise<string | undefined>,
  { mode }: { readonly mode?: number } = {},
): Promise<void> => {
  const file = followed(path)
  mkdirSync(dirname(file), { recursive: true })
  await withFileLock(file, async () => {
    const text = await edit(file)
    if (text !== undefined) replace(file, text, mode)
  })
}
