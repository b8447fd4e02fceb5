import { decodeBytes } from '../core/bytes.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { GitReader } from './git.ts'

const records = (stdout: Buffer): readonly string[] =>
  decodeBytes(stdout)
    .split('\0')
    .filter((path) => path !== '')

/**
 * The untracked paths of a worktree that git ignores. A directory of which everything is ignored ends in a slash; what is
 * in it may be listed too.
 */
export const listIgnored = async (git: GitReader, top: AbsolutePath): Promise<readonly string[]> => {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']
  return records((await git.read(args, { cwd: top })).stdout)
}

/** The paths that the index of a worktree has. */
export const listTracked = async (git: GitReader, top: AbsolutePath): Promise<readonly string[]> =>
  records((await git.read(['ls-files', '-z', '--cached'], { cwd: top })).stdout)
