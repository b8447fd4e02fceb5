import type { GitValues } from '../core/git-values.ts'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import type { Worktree } from '../core/worktrees.ts'
import { type ConfigHome, editConfig } from './config-file.ts'

const BRANCH_KEY = 'wt.history'
const PATH_KEY = 'wt.history-path'

/** The worktree that was left last, as the configuration has it: its path, and its branch unless it was detached. */
export interface Previous {
  readonly path: AbsolutePath | undefined
  readonly branch: BranchName | undefined
}

/** Which worktree was left last. An empty value is none. */
export const previousIn = (settings: GitValues): Previous => ({
  path: (settings.get(PATH_KEY) || undefined) as AbsolutePath | undefined,
  branch: (settings.get(BRANCH_KEY) || undefined) as BranchName | undefined,
})

/** Remembers the worktree that is being left. Whether it could be is the answer: it is no reason to fail. */
export const rememberPrevious = (home: ConfigHome, { path, branch }: Worktree): Promise<boolean> =>
  editConfig(home, [
    { key: BRANCH_KEY, value: branch },
    { key: PATH_KEY, value: path },
  ])
