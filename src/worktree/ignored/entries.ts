import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { WorktreeSnapshot } from '../../core/worktrees.ts'
import type { GitReader } from '../../git/git.ts'
import { listIgnored } from '../../git/ignored.ts'
import { canonical, kindOf, namesIn, onDisk, readText } from '../../git/paths.ts'
import { type IgnoredEntry, type Selection, selectEntries } from './plan.ts'
import { type IgnoreRules, patternProblem, readRules } from './rules.ts'

/** The file that says which ignored files are worth taking along. Other tools read it as well. */
const INCLUDE_FILE = '.worktreeinclude'

/** Patterns as rules. Throws PATTERN_INVALID, naming `source` and the line. */
export const rulesFrom = (lines: readonly string[], source: string): IgnoreRules => {
  for (const [at, line] of lines.entries()) {
    const problem = patternProblem(line)
    if (problem === undefined) continue
    throw new WtError('PATTERN_INVALID', `${source}, line ${at + 1}: the pattern ${line} can’t be read: ${problem}`, {
      hint: 'patterns are those of .gitignore; a backslash takes its meaning from the character behind it',
    })
  }
  return readRules(lines)
}

/** What a worktree's `.worktreeinclude` says; undefined where there is none. Throws PATTERN_INVALID. */
export const readInclude = (top: AbsolutePath): IgnoreRules | undefined => {
  const file = join(top, INCLUDE_FILE)
  const kind = kindOf(file)
  if (kind === undefined) return undefined
  const text = kind === 'file' ? readText(file) : undefined
  if (text === undefined) throw new WtError('PATTERN_INVALID', `${file} can’t be read`)
  return rulesFrom(text.replace(/^\uFEFF/, '').split('\n'), file)
}

/** The other worktrees that lie below one, by their paths from it. */
export const nestedIn = ({ worktrees }: WorktreeSnapshot, top: AbsolutePath): readonly string[] => {
  const root = `${canonical(top)}/`
  return worktrees
    .filter(({ prunable }) => prunable === undefined)
    .map(({ path }) => canonical(path))
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length))
}

const entryAt = (top: AbsolutePath, path: string): IgnoredEntry | undefined => {
  const stats = lstatSync(onDisk(join(top, path)), { throwIfNoEntry: false })
  return stats && { path, kind: stats.isDirectory() ? 'dir' : 'file' }
}

/** Goes into directories of which a part may be meant, as deep as patterns lead. */
const openAll = (top: AbsolutePath, within: readonly IgnoredEntry[], selection: Selection): readonly IgnoredEntry[] =>
  within.flatMap(({ path }) => {
    const inside = namesIn(join(top, path)).flatMap((name) => entryAt(top, `${path}/${name}`) ?? [])
    const { entries, within: deeper } = selectEntries(inside, selection)
    return [...entries, ...openAll(top, deeper, selection)]
  })

/** The ignored files of a worktree that are meant, in the order of their paths. One git. */
export const gatherIgnored = async (
  git: GitReader,
  top: AbsolutePath,
  selection: Selection,
): Promise<readonly IgnoredEntry[]> => {
  const listed = (await listIgnored(git, top)).map(
    (path): IgnoredEntry => (path.endsWith('/') ? { path: path.slice(0, -1), kind: 'dir' } : { path, kind: 'file' }),
  )
  const { entries, within } = selectEntries(listed, selection)
  const inside = { ...selection, include: selection.include?.placed() }
  return [...entries, ...openAll(top, within, inside)].sort((a, b) => (a.path < b.path ? -1 : 1))
}
