import { decodeBytes } from '../../core/bytes.ts'
import type { CarriedPath, StagedEntry } from '../../core/carry.ts'
import { type AbsolutePath, type ObjectId, toObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'

/** Every change on its own: no renames, each untracked file, submodules whatever is configured. */
const STATUS = [
  ...['-c', 'diff.orderFile=/dev/null', 'status', '--porcelain=v2', '-z'],
  ...['--untracked-files=all', '--ignore-submodules=none', '--no-renames'],
]

/** The uncommitted changes of a worktree, as far as they can be moved. */
export interface Carriable {
  readonly paths: readonly CarriedPath[]
  readonly staged: readonly StagedEntry[]
  /** Why some can't be: what is in the way, and where. */
  readonly obstacle?: { readonly what: string; readonly path: string }
  /** The records as git printed them, sorted. */
  readonly records: readonly string[]
}

/** `1 XY sub mH mI mW hH hI path` */
const RECORD = /^1 (..) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) ([\s\S]*)$/

const obstacleIn = (record: string): Carriable['obstacle'] => {
  if (record.startsWith('u '))
    return { what: 'it has a conflict that is not resolved', path: record.split(' ').slice(10).join(' ') }
  if (record.startsWith('? ') && record.endsWith('/'))
    return { what: 'it is a repository of its own', path: record.slice(2) }
  const [, xy, sub = '', , indexed, , , , path = ''] = RECORD.exec(record) ?? []
  if (sub.startsWith('S')) return { what: 'it is a submodule', path }
  if (xy?.[1] === 'A' && indexed === '000000') return { what: 'it is only marked with git add -N', path }
  return undefined
}

/** Reads what a worktree has that is not committed: ignored files are not among it. */
export const readCarriable = async (git: GitReader, worktree: AbsolutePath): Promise<Carriable> => {
  const { stdout } = await git.read(STATUS, { cwd: worktree })
  const records = decodeBytes(stdout)
    .split('\0')
    .filter((record) => record !== '')
    .sort()
  const paths = new Map<string, CarriedPath>()
  const staged: StagedEntry[] = []
  for (const record of records) {
    const [, xy, , , mode = '', , , oid = '', path = ''] = RECORD.exec(record) ?? []
    if (xy === undefined) {
      const untracked = record.slice(2)
      // What was taken out of the index and kept as a file is known to git's commit.
      if (!paths.has(untracked)) paths.set(untracked, { path: untracked, untracked: true })
      continue
    }
    paths.set(path, { path, untracked: false })
    if (xy[0] !== '.') staged.push({ path, mode, oid: toObjectId(oid) })
  }
  const obstacle = records.map(obstacleIn).find((each) => each !== undefined)
  return { paths: [...paths.values()], staged, records, ...(obstacle && { obstacle }) }
}

/** Which of the paths two commits do not have alike, so that a change to them can't be moved from one to the other. */
export const readClashes = async (
  git: GitReader,
  [from, to]: readonly [ObjectId, ObjectId],
  paths: readonly CarriedPath[],
): Promise<readonly string[]> => {
  if (from === to || paths.length === 0) return []
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to]
  const differing = decodeBytes((await git.read(args)).stdout)
    .split('\0')
    .filter((path) => path !== '')
  // A file in place of a directory is in the way of everything in it, and the other way round.
  const prefixes = new Set(differing.flatMap((path) => [path, ...parentsOf(path)]))
  const exact = new Set(differing)
  return paths
    .map(({ path }) => path)
    .filter((path) => prefixes.has(path) || parentsOf(path).some((each) => exact.has(each)))
}

/** The directories above a path, the nearest first. */
export const parentsOf = (path: string): readonly string[] => {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? [] : [path.slice(0, cut), ...parentsOf(path.slice(0, cut))]
}
