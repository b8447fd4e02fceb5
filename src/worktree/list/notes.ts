import type { GitValues } from '../../core/git-values.ts'
import type { ListBasis } from './board.ts'
import type { Subject } from './subjects.ts'

const markerIn = (text: string | undefined): string | undefined => {
  try {
    const { marker } = JSON.parse(text ?? '') as { readonly marker?: unknown }
    return typeof marker === 'string' && marker !== '' ? marker : undefined
  } catch {
    return undefined
  }
}

const varsOf = (settings: GitValues, prefix: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    settings
      .keys(prefix)
      // A branch name may hold `.vars.` itself; the variable is what follows the last one.
      .filter((key) => !key.slice(prefix.length).includes('.'))
      .map((key) => [key.slice(prefix.length), settings.get(key) ?? '']),
  )

/** What has been noted on a branch: its marker and its variables. */
export const notesOf = (
  { repository: { settings } }: ListBasis,
  subject: Subject,
): { readonly marker?: string; readonly vars?: Readonly<Record<string, string>> } => {
  const branch =
    subject.kind === 'worktree' ? subject.worktree.branch : subject.kind === 'branch' ? subject.branch : undefined
  if (branch === undefined) return {}
  const marker = markerIn(settings.get(`wt.state.${branch}.marker`))
  const vars = varsOf(settings, `wt.state.${branch}.vars.`)
  return { ...(marker !== undefined && { marker }), ...(Object.keys(vars).length > 0 && { vars }) }
}
