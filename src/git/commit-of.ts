import { carriesRawBytes } from '../core/bytes.ts'
import { type ObjectId, toObjectId } from '../core/ids.ts'
import type { GitReader } from './git.ts'

/** The commit that a revision names, tags followed; undefined where it names none. One git. */
export const commitOf = async (git: GitReader, revision: string): Promise<ObjectId | undefined> => {
  // An argument can't hold bytes that are not UTF-8, nor NUL.
  if (carriesRawBytes(revision) || revision.includes('\0')) return undefined
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const { code, stdout } = await git.read(args, { answers: [0, 1, 128] })
  return code === 0 ? toObjectId(stdout.toString().trim()) : undefined
}
