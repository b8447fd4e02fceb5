import type { LineCounts } from '../../core/facts.ts'
import type { StatusEntry } from '../../git/parse-status.ts'
import type { Cell, Changes } from './result.ts'

const NO_LINES: LineCounts = { added: 0, deleted: 0 }

/** Sums up what `git status` listed. */
export const changesOf = (entries: readonly StatusEntry[], lines: Cell<LineCounts>): Changes => {
  const tracked = entries.filter(({ xy }) => xy !== '??')
  const some = (test: (x: string, y: string) => boolean): boolean =>
    tracked.some(({ xy }) => test(xy[0] ?? '', xy[1] ?? ''))
  return {
    clean: entries.length === 0,
    staged: some((x) => 'AMCT'.includes(x)),
    modified: some((_, y) => 'AMT'.includes(y)),
    untracked: entries.some(({ xy }) => xy === '??'),
    renamed: some((x, y) => x === 'R' || y === 'R'),
    deleted: some((x, y) => x === 'D' || y === 'D'),
    conflicted: entries.some(({ unmerged }) => unmerged),
    lines: entries.length === 0 ? NO_LINES : lines,
  }
}
