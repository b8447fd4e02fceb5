import { type Refusal, refusal } from '../../core/plan.ts'

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

export const refuse = refusal<SwitchCode>
