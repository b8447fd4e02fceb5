import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { encodeBytes } from '../../core/bytes.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import type { Effect } from '../../core/plan.ts'
import { onDisk } from '../paths.ts'
import type { GitWriter } from '../writer.ts'

/** git's own housekeeping is left to the next git that the user runs: nobody waits for it here. */
export const NO_HOUSEKEEPING = ['-c', 'maintenance.auto=false', '-c', 'gc.auto=0']

/** Puts changes into the index; what lies in another worktree inside this one is not this one's. */
export const stageChanges = async (
  writer: GitWriter,
  worktree: AbsolutePath,
  mode: 'all' | 'tracked',
  {
    env = {},
    except = [],
  }: { readonly env?: Readonly<Record<string, string>>; readonly except?: readonly string[] } = {},
): Promise<void> => {
  const pathspec = ['.', ...except.map((path) => `:(exclude,literal)${path}`)].join('\0')
  const add = ['-c', 'add.ignoreErrors=false', 'add', mode === 'all' ? '--all' : '--update']
  await writer.write([...add, '--pathspec-from-file=-', '--pathspec-file-nul'], {
    cwd: worktree,
    // The exclusions are no literal paths, whatever the caller has set for its own git.
    env: { ...env, GIT_LITERAL_PATHSPECS: '0' },
    input: encodeBytes(pathspec),
  })
}

/** Commits the index as the user's own `git commit` would. That something is staged has been found out before. */
export const commitStaged = async (writer: GitWriter, worktree: AbsolutePath, message: string): Promise<void> => {
  // A submodule that is configured to be ignored would make git say that there is nothing to commit.
  await writer.write([...NO_HOUSEKEEPING, 'commit', '--quiet', '--allow-empty', '--file=-'], {
    cwd: worktree,
    input: message,
  })
}

/**
 * Rebases what is checked out: never with a stash, never moving other branches, merges laid flat. Ctrl-C reaches git; then
 * it throws Interrupted, and the rebase may be open.
 */
export const rebaseOnto = async (writer: GitWriter, worktree: AbsolutePath, onto: ObjectId): Promise<void> => {
  const pins = ['--no-autostash', '--no-update-refs', '--no-rebase-merges', '--no-autosquash', '--no-stat']
  await writer.write([...NO_HOUSEKEEPING, 'rebase', '--quiet', ...pins, onto], { cwd: worktree, foreground: {} })
}

/** The text of an index file, to tell whether it has changed; empty when there is none. */
export const indexText = (path: string): string => {
  try {
    return readFileSync(onDisk(path)).toString('latin1')
  } catch {
    return ''
  }
}

/** Puts another index in the place of one that is still as it was seen, under git's own lock. */
export const adoptIndex = (effect: Effect & { readonly kind: 'adopt-index' }): void => {
  const { index, seen, replacement } = effect
  const lock = `${index}.lock`
  let descriptor: number
  try {
    descriptor = openSync(onDisk(lock), 'wx')
  } catch {
    throw new WtError('GIT_FAILED', `${lock} is held by another git, or was left behind by one`)
  }
  try {
    if (indexText(index) !== seen) throw new WtError('GIT_FAILED', 'the index was changed meanwhile; nothing was done')
    const bytes = readFileSync(replacement)
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    closeSync(descriptor)
    renameSync(onDisk(lock), onDisk(index))
  } catch (error) {
    rmSync(onDisk(lock), { force: true })
    throw error
  }
}
