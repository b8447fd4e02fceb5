import { shellWord } from '../../core/shell-word.ts'
import type { Recovered } from '../../git/recover-creations.ts'
import type { CarryRecord } from '../../git/working/carry-record.ts'
import type { Note } from './result.ts'

const noteOf = ({ path, branch, makesBranch, outcome }: Recovered): Note => {
  const again = `to have its worktree: wt switch ${shellWord(branch)}`
  const left = makesBranch ? `; branch ${branch}, if it was created, is still there` : ''
  switch (outcome.kind) {
    case 'nothing-there':
      return { kind: 'warning', text: `an earlier wt was killed before it could add ${path}${left}`, hint: again }
    case 'cleared':
      return {
        kind: 'warning',
        text: `an earlier wt was killed while it added ${path}: its traces are cleared${left}`,
        hint: again,
      }
    case 'finished': {
      const text = `an earlier wt was killed while it checked out ${path}: the missing files have been added`
      if (outcome.differing === 0) return { kind: 'warning', text }
      const hint = `files that are not as committed: ${outcome.differing}; to see them: git -C ${shellWord(path)} status`
      return { kind: 'warning', text, hint }
    }
    case 'kept': {
      const text = `an earlier wt was killed while it added ${path}, and there are files in it: its registration was left`
      return { kind: 'warning', text, hint: `if nothing in it is needed: rm -r ${shellWord(outcome.gitDir)}` }
    }
  }
}

/** What is told of creations that a kill had left half-way. */
export const recoveryNotes = (recovered: readonly Recovered[]): readonly Note[] => recovered.map(noteOf)

/** What is told of changes that a kill had left in two worktrees. */
export const carryNotes = (records: readonly CarryRecord[]): readonly Note[] =>
  records.map(({ from, to }) => ({
    kind: 'warning',
    text: `an earlier wt was killed while it took changes away from ${from}: all of them are in ${to}`,
    hint: `what is left of them in ${from} can be given up there: git -C ${shellWord(from)} status`,
  }))
