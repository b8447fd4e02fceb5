import type { CopyCounts, CopyFailure, CopyIgnoredResult } from '../../worktree/copy-ignored/result.ts'
import { bytesText, countText } from '../amount.ts'
import { message, phrase } from '../message.ts'
import { sanitize } from '../sanitize.ts'
import type { Style } from '../style.ts'

const NO_COUNTS = { files: 0, bytes: 0, reflinked: 0, written: 0 }

/** Failures that are named one by one; the others are counted. */
const NAMED = 10

/** What was copied, as `--json` prints it. */
export const copyIgnoredJson = (result: CopyIgnoredResult): unknown => {
  const { from, to } = result
  if (result.kind === 'same-worktree') return { outcome: 'same_worktree', from, to, entries: [], ...NO_COUNTS }
  const { entries, includeMissing } = result
  const reason = includeMissing ? { reason: 'require-include-no-worktreeinclude' } : {}
  if (result.kind === 'planned') return { outcome: 'planned', dry_run: true, from, to, ...reason, entries }
  const { files, bytes, reflinked, written } = result.counts
  return { outcome: 'copied', dry_run: false, from, to, ...reason, entries, files, bytes, reflinked, written }
}

const howText = ({ reflinked, written }: CopyCounts): string => {
  if (reflinked + written === 0) return ''
  if (written === 0) return ' (reflinked, no extra disk)'
  return reflinked === 0 ? ' (full copy)' : ` (${reflinked} reflinked, ${written} full copies)`
}

const summary = (counts: CopyCounts, style: Style): string => {
  const { files, bytes, kept, special } = counts
  const text = `copied ${countText(files, 'file')}, ${bytesText(bytes)}${howText(counts)}`
  const rest = [
    ...(kept > 0
      ? [message('info', `kept ${countText(kept, 'file that was', 'files that were')} there already`, style)]
      : []),
    ...(special > 0
      ? [
          message(
            'info',
            `passed over ${countText(special, 'socket, pipe or device', 'sockets, pipes or devices')}`,
            style,
          ),
        ]
      : []),
  ]
  return [message('success', text, style), ...rest].map((line) => `${line}\n`).join('')
}

const failureText = (failures: readonly CopyFailure[], style: Style): string => {
  const say = phrase(style)
  const named = failures.slice(0, NAMED).map(({ path, reason }) => {
    return message('error', say`not copied: ${path}: ${{ painted: sanitize(reason) }}`, style)
  })
  const more = failures.length - named.length
  const rest = more > 0 ? [message('error', `and ${more} more were not copied`, style)] : []
  return [...named, ...rest].map((line) => `${line}\n`).join('')
}

const narrate = (result: CopyIgnoredResult, style: Style): string => {
  const say = phrase(style)
  if (result.kind === 'same-worktree') {
    return `${message('info', say`source and destination are the same worktree: ${result.from}`, style)}\n`
  }
  if (result.includeMissing) {
    return `${message('info', say`nothing to copy: ${result.from} has no .worktreeinclude`, style)}\n`
  }
  if (result.entries.length === 0) return `${message('info', say`nothing to copy in ${result.from}`, style)}\n`
  if (result.kind === 'planned') {
    const entries = { painted: countText(result.entries.length, 'entry', 'entries') }
    return `${message('info', say`would copy ${entries} from ${result.from} to ${result.to}`, style)}\n`
  }
  return summary(result.counts, style) + failureText(result.failures, style)
}

/** What was copied as text: the list of a dry run on stdout, everything else on stderr. */
export const renderCopyIgnored = (
  result: CopyIgnoredResult,
  style: Style,
): { readonly answer: string; readonly narration: string } => ({
  answer:
    result.kind === 'planned'
      ? result.entries.map(({ path, kind }) => `${sanitize(path)}${kind === 'dir' ? '/' : ''}\n`).join('')
      : '',
  narration: narrate(result, style),
})
