import { WtError } from '../core/errors.ts'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import type { BranchSource } from '../core/plan.ts'
import { shellWord } from '../core/shell-word.ts'
import type { WritableRepo } from './edit-refs.ts'
import { absolute } from './paths.ts'
import { captureRefs } from './refs.ts'
import { GitExit } from './write-failure.ts'

/** Somebody else was first. */
export const raced = (message: string, branch: BranchName): WtError =>
  new WtError('RACE_LOST', message, { hint: `to go there: wt switch ${shellWord(branch)}` })

const words = (error: unknown): string =>
  error instanceof WtError && error.cause instanceof GitExit ? error.cause.message : ''

/** Tells a lost race from a real failure, and says what a failed `git worktree add -b` has left behind. */
export const explainAddFailure = async (
  context: WritableRepo & { readonly commonDir: AbsolutePath },
  effect: { readonly path: AbsolutePath; readonly branch: BranchName; readonly source: BranchSource },
  error: unknown,
): Promise<unknown> => {
  const { path, branch, source } = effect
  if (!(error instanceof WtError && error.cause instanceof GitExit)) return error
  if (/^fatal: a branch named .+ already exists$/m.test(words(error))) {
    return raced(`branch ${branch} was created meanwhile`, branch)
  }
  const half = /failed to read '?(.*\/worktrees\/[^/']+)\/commondir/.exec(words(error))?.[1]
  if (half !== undefined) {
    const entry = absolute(context.commonDir, half.replace(/^.*\/worktrees\//, 'worktrees/'))
    return new WtError('WORKTREE_NOT_ADDED', `a half-made registration keeps git from adding worktrees: ${entry}`, {
      cause: error.cause,
      hint: `if nothing in it is needed: rm -r ${shellWord(entry)}`,
    })
  }
  const refs = await captureRefs(context.reader, context.repo, ['refs/heads'])
  const left = source.kind !== 'existing' && refs.tip(branch) !== undefined
  const name = shellWord(branch)
  return new WtError('WORKTREE_NOT_ADDED', `no worktree could be added at ${path}`, {
    cause: error.cause,
    ...(left && {
      hint: `branch ${branch} was created and is left; to use it: wt switch ${name}; to delete it: git branch -D ${name}`,
    }),
  })
}
