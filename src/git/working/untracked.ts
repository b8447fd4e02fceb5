import { closeSync, lstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBytes } from '../../core/bytes.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import type { StatusEntry } from '../parse-status.ts'
import { onDisk } from '../paths.ts'

/** Git looks for a NUL byte in the first part of a file, and calls it binary where there is one. */
const BINARY_PROBE = 8000
const CHUNK = 1 << 16
const NEWLINE = 10

/** Lines of a file as git's diff counts them: a last line without a newline is one, a binary file has none. */
const linesOf = (path: string): number => {
  const file = openSync(onDisk(path), 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK)
    let [lines, last, first] = [0, NEWLINE, true]
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const data = chunk.subarray(0, size)
      if (first && data.subarray(0, BINARY_PROBE).includes(0)) return 0
      for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) lines += 1
      last = data[size - 1] as number
      first = false
    }
    return last === NEWLINE ? lines : lines + 1
  } finally {
    closeSync(file)
  }
}

/** Lines that an untracked path would add. A link is one line, its target; what is neither file nor link has none. */
const linesAt = (path: string): number => {
  try {
    const stats = lstatSync(onDisk(path))
    return stats.isSymbolicLink() ? 1 : stats.isFile() ? linesOf(path) : 0
  } catch {
    return 0
  }
}

/** The untracked files of a worktree. `git status` names a wholly untracked directory once; git is asked what is in it. */
export const untrackedFiles = async (
  git: GitReader,
  top: AbsolutePath,
  entries: readonly StatusEntry[],
): Promise<readonly string[]> => {
  const paths = entries.filter(({ xy }) => xy === '??').map(({ path }) => path)
  if (!paths.some((path) => path.endsWith('/'))) return paths
  const { stdout } = await git.read(['ls-files', '--others', '--exclude-standard', '-z'], { cwd: top })
  return decodeBytes(stdout)
    .split('\0')
    .filter((path) => path !== '' && !path.endsWith('/'))
}

/** Lines that untracked files would add. Their content is read here and never hashed. */
export const countUntracked = (top: AbsolutePath, files: readonly string[]): number =>
  files.reduce((sum, path) => sum + linesAt(join(top, path)), 0)
