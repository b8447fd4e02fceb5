import { carriesRawBytes, encodeBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import type { RefName, RepoId } from '../core/ids.ts'
import type { RefEdit } from '../core/plan.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import type { GitReader } from './git.ts'
import { captureRefs } from './refs.ts'
import { GitExit } from './write-failure.ts'
import type { GitWriter } from './writer.ts'

/** A repository whose refs can be read and written. */
export interface WritableRepo {
  readonly reader: GitReader
  readonly writer: GitWriter
  readonly repo: RepoId
}

/**
 * One edit in the language of `update-ref --stdin -z`. What is created or deleted is the ref itself, never what a symbolic
 * ref points at; what is verified or updated is read through it, so that git locks the ref that holds the id.
 */
const command = (edit: RefEdit): string => {
  switch (edit.kind) {
    case 'verify':
      return `verify ${edit.ref}\0${edit.expected}\0`
    case 'create':
      return `option no-deref\0create ${edit.ref}\0${edit.to}\0`
    case 'update':
      return `update ${edit.ref}\0${edit.to}\0${edit.expected}\0`
    case 'delete':
      return `option no-deref\0delete ${edit.ref}\0${edit.expected}\0`
    case 'note':
      return `update ${edit.ref}\0${edit.to}\0\0`
  }
}

const expectation = (edit: RefEdit): string | undefined =>
  edit.kind === 'create' || edit.kind === 'note' ? undefined : edit.expected

/** git takes each ref once in a transaction: many deletions lean on one target, and an edit verifies its own ref. */
const withoutRepeats = (edits: readonly RefEdit[]): readonly RefEdit[] => {
  const written = new Map<RefName, RefEdit>()
  for (const edit of edits) if (edit.kind !== 'verify') written.set(edit.ref, edit)
  const seen = new Set<string>()
  return edits.filter((edit) => {
    if (edit.kind !== 'verify') return true
    const other = written.get(edit.ref)
    const key = `${edit.ref} ${edit.expected}`
    if (seen.has(key) || (other !== undefined && expectation(other) === edit.expected)) return false
    seen.add(key)
    return true
  })
}

const moved = (edit: RefEdit, now: RefSnapshot): WtError => {
  const [expected, found] = [expectation(edit) ?? 'no such ref', now.resolve(edit.ref)]
  return new WtError(
    'REF_MOVED',
    `${edit.ref} moved meanwhile: ${expected} was expected, now it is ${found ?? 'gone'}`,
    {
      hint: 'nothing was changed; run the command again to decide on what is there now',
    },
  )
}

/**
 * Carries out all edits or none, in one ref transaction. Throws REF_MOVED when a ref is not what its edit expects: that is
 * found by looking, not by reading git's sentence. Anything else that stops git is GIT_FAILED.
 */
export const editRefs = async (
  target: WritableRepo,
  edits: readonly RefEdit[],
  reason: string,
  { logged = false }: { readonly logged?: boolean } = {},
): Promise<void> => {
  const { reader, writer, repo } = target
  if (edits.length === 0) return
  const commands = ['start\0', ...withoutRepeats(edits).map(command), 'prepare\0', 'commit\0'].join('')
  try {
    const args = ['update-ref', ...(logged ? ['--create-reflog'] : []), '-m', reason, '--stdin', '-z']
    await writer.write(args, { input: encodeBytes(commands), apart: true })
  } catch (error) {
    // A git that a signal ended may have written already: whatever is found then is no proof that someone else did.
    if (!(error instanceof WtError && error.cause instanceof GitExit && error.cause.code !== undefined)) throw error
    const guarded = edits.filter((edit) => edit.kind !== 'note')
    const refs = guarded.map((edit) => edit.ref)
    // An argument can't hold bytes that are not UTF-8.
    const now = await captureRefs(reader, repo, refs.some(carriesRawBytes) ? ['refs'] : refs)
    const other = guarded.find((edit) => now.resolve(edit.ref) !== expectation(edit))
    throw other === undefined ? error : moved(other, now)
  }
}
