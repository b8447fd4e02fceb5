import { allMarkers, allVars } from '../../core/branch-state.ts'
import type { GitValues } from '../../core/git-values.ts'
import type { ListBasis } from './board.ts'
import type { Subject } from './subjects.ts'

/** What has been noted on a branch: its marker and its variables. */
interface Notes {
  readonly marker?: string
  readonly vars?: Readonly<Record<string, string>>
}

const NONE: Notes = {}

/** A list is assembled many times while it fills, always from the same settings. */
const known = new WeakMap<GitValues, ReadonlyMap<string, Notes>>()

const collect = (settings: GitValues): ReadonlyMap<string, Notes> => {
  const notes = new Map<string, Notes>()
  const add = (branch: string, more: Notes): void => void notes.set(branch, { ...notes.get(branch), ...more })
  for (const { branch, text } of allMarkers(settings)) if (text !== '') add(branch, { marker: text })
  for (const { branch, name, value } of allVars(settings)) {
    add(branch, { vars: Object.fromEntries([...Object.entries(notes.get(branch)?.vars ?? {}), [name, value]]) })
  }
  known.set(settings, notes)
  return notes
}

/** The notes on a row's branch; remote branches have none. */
export const notesOf = ({ repository: { settings } }: ListBasis, subject: Subject): Notes => {
  const branch =
    subject.kind === 'worktree' ? subject.worktree.branch : subject.kind === 'branch' ? subject.branch : undefined
  return branch === undefined ? NONE : ((known.get(settings) ?? collect(settings)).get(branch) ?? NONE)
}
