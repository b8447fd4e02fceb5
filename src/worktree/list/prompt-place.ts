import { type BranchName, branchRef, type RefName } from '../../core/ids.ts'
import type { PromptPlace } from '../../core/prompt-line.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { ListBasis } from './board.ts'

const sidesOf = ({ refs }: ListBasis, branch: BranchName | undefined): readonly (RefName | undefined)[] =>
  branch === undefined ? [] : [branchRef(branch), refs.upstreamOf(branch)]

/** What a prompt line of a worktree's row hangs on; undefined where its HEAD can't be read. */
export const promptPlaceOf = (basis: ListBasis, { gitDir, branch, borrowed }: Worktree): PromptPlace | undefined => {
  const head = basis.repository.registrations.find((it) => it.gitDir === gitDir)?.headText
  if (head === undefined) return undefined
  const refs = [...sidesOf(basis, branch ?? borrowed), ...sidesOf(basis, basis.defaultBranch)]
  return { gitDir, head, refs: [...new Set(refs.filter((ref) => ref !== undefined))] }
}
