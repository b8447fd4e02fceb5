import type { BranchName } from '../../core/ids.ts'
import { shellWord } from '../../core/shell-word.ts'
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
  readonly warnings: readonly string[]
}

/** A worktree that is not there has the branch that a rebase or a bisection in it will put HEAD back on. */
export const worktreeTarget = (worktree: Worktree): Target => {
  const branch = worktree.branch ?? (worktree.prunable === undefined ? undefined : worktree.borrowed)
  return { kind: 'worktree', worktree: branch === worktree.branch ? worktree : { ...worktree, branch } }
}

const branchTarget = ({ worktrees }: Look, branch: BranchName): Target => {
  const lent = worktrees.worktrees.find(({ prunable, borrowed }) => prunable !== undefined && borrowed === branch)
  return lent === undefined ? { kind: 'branch', branch } : worktreeTarget(lent)
}

const duplicates = ({ path, branch }: Worktree, others: readonly Worktree[]): readonly string[] => {
  if (others.length === 0) return []
  const rest = others.map((each) => `wt remove ${shellWord(each.path)}`).join(', ')
  return [`branch ${branch} has several worktrees, and the first is meant: ${path}; for the others: ${rest}`]
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
  const warnings = new Set<string>()
  for (const word of words.length === 0 ? ['@'] : words) {
    try {
      const selected = selectTarget(look, word, place)
      const target =
        selected.kind === 'worktree' ? worktreeTarget(selected.worktree) : branchTarget(look, selected.branch)
      targets.set(keyOf(target), target)
      if (selected.kind !== 'worktree') continue
      for (const text of duplicates(selected.worktree, selected.others)) warnings.add(text)
    } catch (error) {
      failures.push(error)
    }
  }
  const turns = [...targets.values()].map((target, at) => ({ target, at, turn: turnOf(target, look.current) }))
  turns.sort((a, b) => a.turn - b.turn || a.at - b.at)
  return { targets: turns.map(({ target }) => target), failures, warnings: [...warnings] }
}
