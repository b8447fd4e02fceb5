import { carriesRawBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import { type BranchName, branchRef } from '../core/ids.ts'
import type { WritableRepo } from './edit-refs.ts'
import { captureRefs } from './refs.ts'

/**
 * Drops the section `branch.<name>` as `git branch -d` does, if the branch is really gone. A section that is not there or
 * can't be dropped is no failure: the branch is deleted, and git makes nothing of what is left.
 */
export const forgetBranch = async ({ reader, writer, repo }: WritableRepo, branch: BranchName): Promise<void> => {
  // An argument can't hold bytes that are not UTF-8.
  if (carriesRawBytes(branch)) return
  try {
    const now = await captureRefs(reader, repo, [branchRef(branch)])
    if (now.tip(branch) !== undefined) return
    await writer.write(['config', '--local', '--remove-section', `branch.${branch}`])
  } catch (error) {
    if (!(error instanceof WtError)) throw error
  }
}
