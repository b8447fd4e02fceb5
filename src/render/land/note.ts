import type { Note, PreserveReason } from '../../worktree/land/result.ts'
import { gutter, type MessageKind, message, type Phrase, phrase } from '../message.ts'
import { renderRemove } from '../remove.ts'
import type { Style } from '../style.ts'

const short = (oid: string): string => oid.slice(0, 7)

const count = (number: number, one: string): Phrase => ({ painted: `${number} ${one}${number === 1 ? '' : 's'}` })

/** Why a worktree stays, as the end of a sentence. */
export const whyKept = (why: PreserveReason, style: Style): Phrase => {
  const say = phrase(style)
  switch (why.kind) {
    case 'asked':
      return say`as asked`
    case 'on-target':
      return say`it is the target’s own`
    case 'primary':
      return say`it is the primary one`
    case 'locked':
      return why.reason === undefined ? say`it is locked` : say`it is locked: ${why.reason}`
    case 'nested':
      return say`another worktree lies in it: ${why.path}`
  }
}

type Lines = readonly (readonly [kind: MessageKind, text: string | Phrase])[]

const outcomeLine = (note: Note & { readonly kind: 'pushed' }, style: Style): Lines => {
  const say = phrase(style)
  const commits = count(note.commits, 'commit')
  switch (note.outcome) {
    case 'up_to_date':
      return [['info', say`${note.target} has all of it already`]]
    case 'fast_forwarded':
      return [['success', say`moved ${note.target} forward by ${commits}`]]
    case 'merge_commit':
      return [['success', say`merged ${commits} into ${note.target} (${short(note.mergeCommit)})`]]
  }
}

const skipLine = (note: Note & { readonly kind: 'not-squashed' }, style: Style): Lines => {
  const say = phrase(style)
  switch (note.why) {
    case 'no_commits_ahead':
      return [['info', say`no commits to squash: nothing is ahead of ${note.target}`]]
    case 'already_single_commit':
      return [['info', say`already a single commit on ${note.target}`]]
    case 'no_net_changes':
      return [['info', say`the commits add up to no change, so ${note.target} is all that is left`]]
  }
}

const rebaseLine = (note: Note & { readonly kind: 'rebased' }, style: Style): Lines => {
  const say = phrase(style)
  switch (note.outcome) {
    case 'up_to_date':
      return [['info', say`already on top of ${note.target}`]]
    case 'fast_forwarded':
      return [['success', say`moved forward to ${note.target}`]]
    case 'rebased':
      return [['success', say`rebased on ${note.target}`]]
  }
}

const linesOf = (note: Exclude<Note, { readonly kind: 'removed' }>, style: Style): Lines => {
  const say = phrase(style)
  switch (note.kind) {
    case 'warning':
      return [['warning', note.text]]
    case 'untracked': {
      const listed = note.paths.map((path) => say`${path}`.painted)
      const all = [...listed, ...(note.more > 0 ? [`and ${note.more} more`] : [])].join('\n')
      return [['warning', { painted: `untracked, and now part of the commit:\n${all}` }]]
    }
    case 'behind-upstream':
      return [['info', say`${note.branch} is behind ${note.upstream}, and catches up with it`]]
    case 'files-followed':
      return [['info', say`brought the files of ${note.path} up to date, which a run that was killed had left behind`]]
    case 'built-in-message':
      return [['hint', 'for better messages: set commit.generation.command in the user configuration']]
    case 'writing-message':
      return [['progress', say`asking for a message: ${note.command}`]]
    case 'committed':
      return [['success', say`committed ${short(note.commit)}`]]
    case 'backed-up':
      return [
        ['info', say`kept what was staged in ${note.ref} (${short(note.commit)})`],
        ['hint', `to have it back: wt switch --create --base ${note.commit} --no-hooks recovery/${short(note.commit)}`],
      ]
    case 'squashed':
      return [['success', say`made one commit of ${count(note.commits, 'commit')} (${short(note.commit)})`]]
    case 'not-squashed':
      return skipLine(note, style)
    case 'rebased':
      return rebaseLine(note, style)
    case 'pushed':
      return outcomeLine(note, style)
    case 'preserved':
      return [['info', say`${note.path} stays: ${whyKept(note.why, style)}`]]
    case 'declined':
      return [['info', 'the commands of the project are not run']]
    case 'hooks-skipped':
      return [['info', say`${note.hook} hooks are skipped`]]
    case 'rebase-open':
      return [
        ['warning', say`interrupted: the rebase in ${note.path} is still open`],
        ['hint', 'to go back to before it: git rebase --abort; to go on: git rebase --continue'],
      ]
    case 'source':
      return [['info', say`this concerns the worktree at ${note.path}`]]
  }
}

/** One thing that a landing tells, as it is told on stderr. */
export const renderNote = (note: Note, style: Style): string => {
  if (note.kind === 'removed') return renderRemove(note.result, { out: style, err: style }).narration
  const lines = linesOf(note, style).map(([kind, text]) => `${message(kind, text, style)}\n`)
  const quoted = note.kind === 'committed' || note.kind === 'squashed' ? `${gutter(note.message, style)}\n` : ''
  return [lines[0], quoted, ...lines.slice(1)].join('')
}
