import type { KeptEntry } from '../../core/plan.ts'
import type { WorktreeContents } from '../status.ts'

/** What git could not give back of a worktree: what was changed, what it does not know, what it ignores. */
export const keepsOf = ({ entries, ignored }: WorktreeContents): readonly KeptEntry[] => [
  ...entries.map(({ xy, path }): KeptEntry => ({ path, why: xy === '??' ? 'untracked' : 'changed' })),
  ...ignored.map((path): KeptEntry => ({ path, why: 'ignored' })),
]

/** Whether the index holds what is committed nowhere. */
export const isStaged = ({ entries }: WorktreeContents): boolean =>
  entries.some(({ xy, unmerged }) => unmerged || (xy !== '??' && !xy.startsWith('.')))
