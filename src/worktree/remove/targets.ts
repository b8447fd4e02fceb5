import type { BranchName } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { Look } from '../look.ts'
import { type SelectPlace, selectTarget } from '../select.ts'

/** What a word of the command line means. */
export type Target =
  | { readonly kind: 'worktree'; readonly worktree: Worktree }
  | { readonly kind: 'branch'; readonly branch: BranchName }

/** What could be made of the words. */
interface Targets {
  readonly targets: readonly Target[]
  /** What was wrong with the others. */
  readonly failures: readonly unknown[]
}

const keyOf = (target: Target): string =>
  target.kind === 'worktree' ? `worktree ${target.worktree.gitDir}` : `branch ${target.branch}`

/** Worktrees in the order of the words, then branches, then the worktree at hand: whoever stands in it goes last. */
const turnOf = (target: Target, current: Worktree | undefined): number => {
  if (target.kind === 'branch' || target.worktree.prunable !== undefined) return 1
  return target.worktree === current ? 2 : 0
}

/** Finds what the words mean, each target once, in the order in which they are dealt with. No word means `@`. */
export const findTargets = (look: Look, words: readonly string[], place: SelectPlace): Targets => {
  const targets = new Map<string, Target>()
  const failures: unknown[] = []
  for (const word of words.length === 0 ? ['@'] : words) {
    try {
      const selected = selectTarget(look, word, place)
      const target: Target =
        selected.kind === 'worktree'
          ? { kind: 'worktree', worktree: selected.worktree }
          : { kind: 'branch', branch: selected.branch }
      targets.set(keyOf(target), target)
    } catch (error) {
      failures.push(error)
    }
  }
  const turns = [...targets.values()].map((target, at) => ({ target, at, turn: turnOf(target, look.current) }))
  turns.sort((a, b) => a.turn - b.turn || a.at - b.at)
  return { targets: turns.map(({ target }) => target), failures }
}
