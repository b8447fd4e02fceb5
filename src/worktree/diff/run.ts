import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import { canonical } from '../../git/paths.ts'
import { wholeDiff } from '../../git/working/whole-diff.ts'
import { exitCodeOf, runChild } from '../../host/children.ts'
import { withoutDirectives } from '../../host/hand-off.ts'
import { type LookPorts, lookAt } from '../look.ts'
import { namedWorktree, worktreeHere } from '../named-worktree.ts'
import { findBase, findDiffTarget } from './base.ts'

export interface DiffOptions {
  /** A branch or any commit; default: the default branch. */
  readonly target: string | undefined
  /** A selector of the worktree to look at; default: the one at hand. */
  readonly branch: string | undefined
  /** Further words for `git diff`. */
  readonly words: readonly string[]
}

/** Paths on the command line start where the user stands, in the worktree at hand. */
const startIn = (cwd: AbsolutePath, top: AbsolutePath): AbsolutePath =>
  `${canonical(cwd)}/`.startsWith(`${canonical(top)}/`) ? cwd : top

/**
 * Runs `git diff` for everything that a worktree adds to its target, on the user's terminal and with the user's pager.
 * The answer is git's exit code. Throws NO_SUCH_COMMIT, NO_COMMON_ANCESTOR, and what selecting a worktree throws.
 */
export const runDiff = async (ports: LookPorts, { target, branch, words }: DiffOptions): Promise<number> => {
  const look = await lookAt(ports)
  const tree = branch === undefined ? worktreeHere(look) : namedWorktree(look, branch, ports)
  const found = await findDiffTarget(look, target)
  const { head, path } = tree
  if (head === undefined) throw new WtError('NO_SUCH_COMMIT', `there is no commit yet at ${path}`)
  const store = openFactStore(look.repository, look.refs)
  try {
    const base = await findBase(store, look, found, head)
    const options = { base, words, probes: store.probes, env: withoutDirectives(ports.env) }
    const { argv, env } = await wholeDiff(look.repository.git, tree, options)
    const cwd = branch === undefined ? startIn(ports.cwd, path) : path
    return exitCodeOf(await runChild({ argv, cwd, env, stdin: 'terminal', output: 'terminal', ownsInterrupt: true }))
  } finally {
    store.close()
  }
}
