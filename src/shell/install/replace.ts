import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'

/**
 * Gives a file another content in one step: a reader, or a crash, meets the old one or the new one. Mode and, where that
 * is allowed, owner stay. `path` must not be a link.
 */
export const replaceFile = (path: string, content: Uint8Array): void => {
  const { mode, uid, gid } = statSync(path)
  const temporary = `${path}.wt-${process.pid}`
  try {
    const descriptor = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(descriptor, content)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    try {
      chownSync(temporary, uid, gid)
    } catch {
      // Only root may give files away; the group is worth a try and no more.
    }
    chmodSync(temporary, mode & 0o7777)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
