import { shortRefName } from '../core/ids.ts'
import type { Effect, Plan, RefEdit } from '../core/plan.ts'
import { phrase } from './message.ts'
import type { Style } from './style.ts'

const editLine = (edit: RefEdit, style: Style): string => {
  const ref = shortRefName(edit.ref)
  const id = (oid: string): string => oid.slice(0, 7)
  switch (edit.kind) {
    case 'verify':
      return phrase(style)`only while ${ref} is at ${id(edit.expected)}`.painted
    case 'create':
      return phrase(style)`create ${ref} at ${id(edit.to)}`.painted
    case 'update':
      return phrase(style)`move ${ref} from ${id(edit.expected)} to ${id(edit.to)}`.painted
    case 'delete':
      return phrase(style)`delete ${ref} at ${id(edit.expected)}`.painted
    case 'note':
      return phrase(style)`note ${id(edit.to)} as ${ref}`.painted
  }
}

const addLines = (
  { path, branch, source, setAside }: Effect & { readonly kind: 'add-worktree' },
  style: Style,
): readonly string[] => {
  const say = phrase(style)
  const aside = setAside === undefined ? [] : [say`move ${path} to ${`${path}.bak.${setAside}`}`.painted]
  const add = say`add a worktree for ${branch} at ${path}`.painted
  switch (source.kind) {
    case 'existing':
      return [...aside, add]
    case 'unborn':
      return [...aside, say`start branch ${branch} without a commit`.painted, add]
    case 'new':
      return [...aside, say`create branch ${branch} at ${source.start.slice(0, 7)}`.painted, add]
    case 'tracking':
      return [...aside, say`create branch ${branch}, tracking ${shortRefName(source.upstream)}`.painted, add]
  }
}

const effectLines = (effect: Effect, style: Style): readonly string[] => {
  switch (effect.kind) {
    case 'edit-refs':
      return effect.edits.map((edit) => editLine(edit, style))
    case 'forget-branch':
      return [phrase(style)`forget the configuration of ${effect.branch}`.painted]
    case 'add-worktree':
      return addLines(effect, style)
    case 'carry':
      return [phrase(style)`move ${effect.paths.length} uncommitted changes from ${effect.from}`.painted]
    case 'stage-worktree':
      return [
        phrase(style)`remove the worktree at ${effect.worktree.path}`.painted,
        ...effect.keeps.map(
          ({ path, why }) =>
            phrase(style)`keep ${path} for 30 days${{ painted: why === 'ignored' ? ', if there is room' : '' }}`
              .painted,
        ),
      ]
    case 'unregister-worktree':
      return [phrase(style)`clear the registration of ${effect.worktree.path}; no file is touched`.painted]
    case 'stage':
      return [phrase(style)`stage what changed in ${effect.worktree}`.painted]
    case 'commit':
      return [phrase(style)`commit what is staged in ${effect.worktree}`.painted]
    case 'adopt-index':
      return [phrase(style)`replace ${effect.index}`.painted]
    case 'rebase':
      return [phrase(style)`rebase what is checked out in ${effect.worktree} on ${effect.onto.slice(0, 7)}`.painted]
    case 'advance':
      return [
        phrase(style)`move ${shortRefName(effect.ref)} from ${effect.expected.slice(0, 7)} to ${effect.to.slice(0, 7)}`
          .painted,
      ]
  }
}

/** What a plan would do, one line for each edit. */
export const renderPlan = ({ effects }: Plan, style: Style): string =>
  effects.flatMap((effect) => effectLines(effect, style).map((line) => `${line}\n`)).join('')

/** A plan as JSON prints it: what would be done, and where every ref was when it was made. */
export const planJson = ({ effects }: Plan): unknown => ({ effects })
