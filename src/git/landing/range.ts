import { type ObjectId, parseObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'

/** One commit of a branch. */
export interface RangeCommit {
  readonly oid: ObjectId
  readonly parents: readonly ObjectId[]
  readonly tree: ObjectId
  readonly subject: string
  /** Without the subject; no blank lines at its ends. */
  readonly body: string
}

/** What lies between two commits, and the trees of the commits that it builds on. */
export interface CommitRange {
  /** Parents before children. */
  readonly commits: readonly RangeCommit[]
  readonly trees: ReadonlyMap<ObjectId, ObjectId>
}

const FIELDS = 6

/** Plumbing, so that no setting of the user's adds signatures, colours or another encoding to what is parsed. */
const FORMAT = '--format=%m%x00%H%x00%P%x00%T%x00%s%x00%b%x00'

/** The commits that `head` reaches and `base` does not: one `git rev-list`. Throws GIT_FAILED. */
export const readRange = async (git: GitReader, base: ObjectId, head: ObjectId): Promise<CommitRange> => {
  const args = ['rev-list', '--no-commit-header', '--boundary', '--topo-order', '--reverse', '--encoding=UTF-8', FORMAT]
  const { stdout } = await git.read([...args, head, `^${base}`])
  const fields = stdout.toString().split('\0')
  const commits: RangeCommit[] = []
  const trees = new Map<ObjectId, ObjectId>()
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [mark = '', id = '', parents = '', tree = '', subject = '', body = ''] = fields.slice(at, at + FIELDS)
    const oid = parseObjectId(id)
    trees.set(oid, parseObjectId(tree))
    if (mark.trim() === '-') continue
    commits.push({
      oid,
      parents: parents
        .split(' ')
        .filter((parent) => parent !== '')
        .map(parseObjectId),
      tree: parseObjectId(tree),
      subject,
      body: body.trim(),
    })
  }
  return { commits, trees }
}
