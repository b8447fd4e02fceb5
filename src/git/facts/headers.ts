import type { CommitHeader } from '../../core/facts.ts'
import { type ObjectId, parseObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import { textLines } from '../text-lines.ts'

/** Plumbing: no `log.*` setting applies. The subject comes last, as it is the only field that can hold anything. */
const ARGS = [
  'rev-list',
  '--no-walk=unsorted',
  '--stdin',
  '--ignore-missing',
  '--no-commit-header',
  '--encoding=UTF-8',
  '--format=%H %T %ct %h %s',
]

/** Headers of many commits by one process. A commit that is missing is missing from the answer. */
export const readHeaders = async (
  git: GitReader,
  commits: readonly ObjectId[],
): Promise<ReadonlyMap<ObjectId, CommitHeader>> => {
  const headers = new Map<ObjectId, CommitHeader>()
  if (commits.length === 0) return headers
  const { stdout } = await git.read(ARGS, { input: `${commits.join('\n')}\n`, answers: [0, 128] })
  for (const line of textLines(stdout)) {
    const [id = '', tree = '', date = '', abbreviated = ''] = line.split(' ', 4)
    if (tree === '') continue
    const subject = line.slice(id.length + tree.length + date.length + abbreviated.length + 4)
    headers.set(parseObjectId(id), { tree: parseObjectId(tree), committedAt: Number(date), subject, abbreviated })
  }
  return headers
}
