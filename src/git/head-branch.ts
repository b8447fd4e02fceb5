import { decodeBytes } from '../core/bytes.ts'
import { type BranchName, branchOf, type RefName } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { openGit } from './git.ts'
import { headOf } from './head-file.ts'
import type { RepositoryLayout } from './layout.ts'

/** What stands in HEAD where refs are kept in a reftable, and HEAD with them. */
const ELSEWHERE = 'refs/heads/.invalid'

/** The ref that HEAD names at hand, unborn or not; undefined where it is detached. Reads a file, but for reftables. */
export const checkedOutBranch = async (layout: RepositoryLayout, env: Environment): Promise<string | undefined> => {
  const head = headOf(layout.gitDir)
  if (head !== ELSEWHERE) return head?.startsWith('refs/') ? head : undefined
  const { stdout } = await openGit(layout.gitDir, env).read(['symbolic-ref', '-q', 'HEAD'], { answers: [0, 1, 128] })
  return decodeBytes(stdout).trimEnd() || undefined
}

/** The branch that HEAD names at hand, as in the directory of a bare repository; undefined where it is detached. */
export const branchAtHand = async (layout: RepositoryLayout, env: Environment): Promise<BranchName | undefined> => {
  const ref = await checkedOutBranch(layout, env)
  return ref === undefined ? undefined : branchOf(ref as RefName)
}
