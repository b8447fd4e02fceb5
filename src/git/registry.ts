import { basename, dirname, join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import type { Operation } from '../core/worktrees.ts'
import type { RepositoryLayout } from './layout.ts'
import { absolute, kindOf, namesIn, readText } from './paths.ts'
import type { GitSettings } from './settings.ts'

/** A registered worktree as its files tell it, before refs have been read. */
export interface Registration {
  readonly id: string | undefined
  readonly gitDir: AbsolutePath
  readonly path: AbsolutePath
  /** What HEAD holds: a symbolic ref's target or an id. Undefined when it can't be read. */
  readonly headText: string | undefined
  readonly locked?: { readonly reason: string | undefined }
  readonly prunable?: { readonly reason: string }
  readonly broken?: string
  readonly operation?: Operation
  /** There is a worktree at the path, so that git can be asked about it. */
  readonly present: boolean
}

/** What git is in the middle of, from the files it leaves in the worktree's git directory; in the order of precedence. */
const operationIn = (gitDir: string, names: ReadonlySet<string>): Operation | undefined => {
  if (names.has('MERGE_HEAD')) return 'merge'
  if (names.has('rebase-merge') || names.has('rebase-apply')) return 'rebase'
  if (names.has('CHERRY_PICK_HEAD')) return 'cherry-pick'
  if (names.has('REVERT_HEAD')) return 'revert'
  const next = names.has('sequencer') ? readText(join(gitDir, 'sequencer', 'todo'))?.split(' ')[0] : undefined
  if (next === 'pick' || next === 'revert') return next === 'pick' ? 'cherry-pick' : 'revert'
  return names.has('BISECT_LOG') ? 'bisect' : undefined
}

const headOf = (gitDir: string): string | undefined => {
  const text = readText(join(gitDir, 'HEAD'))?.trim()
  const target = text?.startsWith('ref: ') ? text.slice(5).trim() : text
  return target === undefined || !/^(refs\/.+|[0-9a-f]{40,64})$/.test(target) ? undefined : target
}

const entry = (id: string | undefined, gitDir: AbsolutePath, path: AbsolutePath): Registration => {
  const names = new Set(namesIn(gitDir))
  const headText = headOf(gitDir)
  const operation = operationIn(gitDir, names)
  const present = id === undefined ? kindOf(path) === 'directory' : kindOf(join(path, '.git')) !== undefined
  const reason = names.has('locked') && id !== undefined ? readText(join(gitDir, 'locked'))?.replace(/\n+$/, '') : undefined
  const halfMade = id !== undefined && !names.has('commondir') ? 'its commondir file is missing' : undefined
  const broken = headText === undefined ? 'its HEAD can’t be read' : halfMade
  return {
    id,
    gitDir,
    path,
    headText,
    present,
    ...(reason !== undefined && { locked: { reason: reason || undefined } }),
    ...(!present && reason === undefined && { prunable: { reason: 'gitdir file points to non-existent location' } }),
    ...(broken !== undefined && { broken }),
    ...(operation !== undefined && { operation }),
  }
}

/**
 * The worktree of a repository's own git directory; undefined for a bare repository. Judged by layout: a stray
 * `core.bare` in a repository with an index does not make it bare.
 */
const mainPath = (layout: RepositoryLayout, settings: GitSettings): AbsolutePath | undefined => {
  const { commonDir, gitDir, top } = layout
  const worktree = settings.get('core.worktree')
  if (worktree !== undefined) return absolute(commonDir, worktree)
  if (settings.get('core.bare') === 'true' && kindOf(join(commonDir, 'index')) === undefined) return undefined
  if (basename(commonDir) === '.git') return dirname(commonDir) as AbsolutePath
  // A separate git directory: `git worktree repair` records where its worktree is; or we stand in it.
  const recorded = readText(join(commonDir, 'gitdir'))?.trim()
  if (recorded !== undefined) return dirname(absolute(commonDir, recorded)) as AbsolutePath
  return gitDir === commonDir ? top : undefined
}

const linked = (commonDir: AbsolutePath): readonly Registration[] => {
  const found: Registration[] = []
  for (const id of namesIn(join(commonDir, 'worktrees'))) {
    const gitDir = join(commonDir, 'worktrees', id) as AbsolutePath
    if (kindOf(gitDir) !== 'directory') continue
    const pointer = readText(join(gitDir, 'gitdir'))?.replace(/\n+$/, '')
    // A relative pointer is relative to the entry (git 2.48, worktree.useRelativePaths).
    if (pointer) found.push(entry(id, gitDir, dirname(absolute(gitDir, pointer)) as AbsolutePath))
    else found.push({ ...entry(id, gitDir, gitDir), broken: 'its gitdir file is missing', present: false })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** Every registered worktree, the main one first, then by path, read from the git directory without a process. */
export const readRegistry = (layout: RepositoryLayout, settings: GitSettings): readonly Registration[] => {
  const main = mainPath(layout, settings)
  return [...(main === undefined ? [] : [entry(undefined, layout.commonDir, main)]), ...linked(layout.commonDir)]
}
