import { decodeBytes } from '../../core/bytes.ts'
import type { ObjectId } from '../../core/ids.ts'
import { SAFE_DIFF } from '../facts/line-counts.ts'
import type { GitReader } from '../git.ts'

/** How one path differs between two trees. A rename is a deletion and an addition. */
export interface TreeChange {
  readonly path: string
  readonly kind: 'added' | 'modified' | 'deleted'
  /** What will be there; all zeros where nothing will be. */
  readonly to: string
  /** The path is a submodule before or after. */
  readonly submodule: boolean
}

const KINDS: Readonly<Record<string, TreeChange['kind']>> = { A: 'added', D: 'deleted' }
const GITLINK = '160000'

/** What differs between two commits, path by path: one `git diff-tree`. Throws GIT_FAILED. */
export const readTreeChanges = async (git: GitReader, from: ObjectId, to: ObjectId): Promise<readonly TreeChange[]> => {
  if (from === to) return []
  const pins = ['-c', 'diff.orderFile=/dev/null']
  const args = [...pins, 'diff-tree', '--raw', '-z', '--no-abbrev', '--no-relative', ...SAFE_DIFF, '--no-renames']
  const { stdout } = await git.read([...args, from, to])
  const fields = decodeBytes(stdout).split('\0')
  const changes: TreeChange[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [before = '', after = '', , oid = '', letter = ''] = (fields[at] as string).slice(1).split(' ')
    changes.push({
      path: fields[at + 1] as string,
      kind: KINDS[letter] ?? 'modified',
      to: oid,
      submodule: before === GITLINK || after === GITLINK,
    })
  }
  return changes
}
