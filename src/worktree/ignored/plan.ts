import type { IgnoreRules } from './rules.ts'

/** Something ignored, by its path from the root of its worktree: one file, link or the like, or all of a directory. */
export interface IgnoredEntry {
  readonly path: string
  readonly kind: 'file' | 'dir'
}

/** What version control and tools keep for one working copy only. */
const OF_ONE_COPY: ReadonlySet<string> = new Set([
  '.bzr',
  '.conductor',
  '.entire',
  '.hg',
  '.jj',
  '.pijul',
  '.sl',
  '.svn',
  '.worktrees',
])

/** Whether a directory is another tool's own, so that a copy of it would be of no use. */
export const isOfOneCopy = (name: string): boolean => OF_ONE_COPY.has(name)

export interface Selection {
  /** Only what matches is wanted; undefined: everything. */
  readonly include: IgnoreRules | undefined
  readonly exclude: IgnoreRules | undefined
  /** Other worktrees below the root, by their paths from it. */
  readonly nested: readonly string[]
}

const directoriesOf = ({ path, kind }: IgnoredEntry): readonly string[] => {
  const names = path.split('/')
  return kind === 'dir' ? names : names.slice(0, -1)
}

const holds = ({ path, kind }: IgnoredEntry, nested: readonly string[]): boolean =>
  kind === 'dir' && nested.some((other) => other === path || other.startsWith(`${path}/`))

/** Whether an entry may be touched at all, wanted or not. */
const isFree = (entry: IgnoredEntry, { exclude, nested }: Selection): boolean =>
  !directoriesOf(entry).some(isOfOneCopy) &&
  !holds(entry, nested) &&
  exclude?.matches(entry.path, entry.kind === 'dir') !== true

/** git lists a directory of which everything is ignored, and then what is in it. */
const withoutRepeats = (entries: readonly IgnoredEntry[]): readonly IgnoredEntry[] => {
  const whole = new Set(entries.filter(({ kind }) => kind === 'dir').map(({ path }) => path))
  const covered = ({ path }: IgnoredEntry): boolean => {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (whole.has(path.slice(0, at))) return true
    }
    return false
  }
  return entries.filter((entry) => !covered(entry))
}

/**
 * Which entries are meant. `within` are directories of which a part may be: a pattern names something in them by its
 * path. A pattern for every depth does not open a directory: half of one, such as of `node_modules`, helps nobody.
 */
export const selectEntries = (
  listed: readonly IgnoredEntry[],
  selection: Selection,
): { readonly entries: readonly IgnoredEntry[]; readonly within: readonly IgnoredEntry[] } => {
  const { include } = selection
  const free = withoutRepeats(listed).filter((entry) => isFree(entry, selection))
  if (include === undefined) return { entries: free, within: [] }
  const wanted = (entry: IgnoredEntry): boolean => include.matches(entry.path, entry.kind === 'dir')
  return {
    entries: free.filter(wanted),
    within: free.filter((entry) => entry.kind === 'dir' && !wanted(entry) && include.reaches(entry.path)),
  }
}
