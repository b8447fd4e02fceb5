import type { Refusal } from '../../core/plan.ts'

/** Why a switch is refused. */
export type SwitchCode =
  | 'BASE_NOT_FOUND'
  | 'BRANCH_EXISTS'
  | 'BRANCH_NAME_CLASH'
  | 'BRANCH_NAME_INVALID'
  | 'BRANCH_NOT_FOUND'
  | 'CARRY_REFUSED'
  | 'NO_COMMITS'
  | 'PATH_EXISTS'
  | 'PATH_INVALID'
  | 'PATH_OCCUPIED'
  | 'PATH_UNSAFE'
  | 'REMOTE_AMBIGUOUS'
  | 'WORKTREE_BROKEN'
  | 'WORKTREE_ELSEWHERE'
  | 'WORKTREE_STALE'

export type SwitchRefusal = Refusal<SwitchCode>

/** A refusal: what is in the way, and what to type instead. */
export const refuse = (code: SwitchCode, message: string, hint?: string): SwitchRefusal => ({
  kind: 'refusal',
  code,
  message,
  ...(hint !== undefined && { hint }),
})
