import type { ObjectId } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { FactFile } from '../../git/facts/fact-file.ts'
import type { ProbeStore } from '../../git/probe-store.ts'
import type { WorktreeStatus } from '../../git/status.ts'
import type { WorkingTree } from '../../git/working/lines.ts'
import type { Board } from './board.ts'

const EMPTY_TREES: Readonly<Record<string, string>> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

/** Where answers about files are remembered, and where asking may write. */
export interface FileSources {
  readonly memory: FactFile
  readonly probes: ProbeStore
}

/** The registration's name is unique in a repository; the main worktree has none. It may hold any byte but a slash. */
export const keyOf = (worktree: Worktree): string => `w${JSON.stringify(worktree.id ?? '/')}`

/** A worktree with the state that its files are in. */
export const workingTree = (board: Board, worktree: Worktree, status: WorktreeStatus): WorkingTree => {
  const format = board.basis.repository.settings.get('extensions.objectformat') ?? 'sha1'
  const { path, gitDir, head } = worktree
  return { path, gitDir, against: head ?? (EMPTY_TREES[format] as ObjectId), status }
}
