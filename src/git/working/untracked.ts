import { closeSync, lstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBytes, encodeBytes } from '../../core/bytes.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import type { StatusEntry } from '../parse-status.ts'
import { kindOf, onDisk } from '../paths.ts'

/** Git looks for a NUL byte in the first part of a file, and calls it binary where there is one. */
const BINARY_PROBE = 8000
const CHUNK = 1 << 16
const NEWLINE = 10

/** Lines of a file as git's diff counts them: a last line without a newline is one, a binary file has none. */
const linesOf = (path: string, anyway: boolean): number => {
  const file = openSync(onDisk(path), 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK)
    let [lines, last, first] = [0, NEWLINE, true]
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const data = chunk.subarray(0, size)
      if (first && !anyway && data.subarray(0, BINARY_PROBE).includes(0)) return 0
      for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) lines += 1
      last = data[size - 1] as number
      first = false
    }
    return last === NEWLINE ? lines : lines + 1
  } finally {
    closeSync(file)
  }
}

/** Git compares links by the text of their targets. */
const linesOfLink = (path: string): number =>
  readlinkSync(onDisk(path), { encoding: 'latin1' }).replace(/\n$/, '').split('\n').length

/** Lines that an untracked path would add; what is neither file nor link has none. `anyway`: even if it looks binary. */
const linesAt = (path: string, anyway: boolean): number => {
  try {
    const stats = lstatSync(onDisk(path))
    return stats.isSymbolicLink() ? linesOfLink(path) : stats.isFile() ? linesOf(path, anyway) : 0
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

/** What the attribute `diff` says of each path, where it says anything: `unset` is never compared, `set` always. */
const diffAttributes = async (
  git: GitReader,
  top: AbsolutePath,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  if (files.length === 0 || kindOf(join(top, '.gitattributes')) === undefined) return found
  const input = encodeBytes(files.map((path) => `${path}\0`).join(''))
  const { stdout } = await git.read(['check-attr', '--stdin', '-z', 'diff'], { cwd: top, input })
  const fields = decodeBytes(stdout).split('\0')
  for (let at = 0; at + 2 < fields.length; at += 3) found.set(fields[at] as string, fields[at + 2] as string)
  return found
}

/** Lines that untracked files would add. Their content is read here and never hashed. */
export const countUntracked = async (git: GitReader, top: AbsolutePath, files: readonly string[]): Promise<number> => {
  const attributes = await diffAttributes(git, top, files)
  return files.reduce((sum, path) => {
    const attribute = attributes.get(path)
    return attribute === 'unset' ? sum : sum + linesAt(join(top, path), attribute === 'set')
  }, 0)
}
