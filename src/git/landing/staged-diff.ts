import { decodeBytes } from '../../core/bytes.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import { SAFE_DIFF } from '../facts/line-counts.ts'
import type { GitReader } from '../git.ts'

interface StagedDiff {
  readonly patch: string
  readonly stat: string
}

/** No setting of the user's may colour, shorten, reorder or hide any of it. */
const PINS = ['-c', 'core.quotePath=false', '-c', 'diff.orderFile=/dev/null']
const OPTIONS = [...SAFE_DIFF, '--no-renames', '--no-color', '--no-relative', '--src-prefix=a/', '--dst-prefix=b/']

/** How the index differs from a commit or tree, as text for people; from another index if `env` names one. */
export const readStagedDiff = async (
  git: GitReader,
  cwd: AbsolutePath,
  base: ObjectId,
  env: Readonly<Record<string, string>> = {},
): Promise<StagedDiff> => {
  const read = async (form: string): Promise<string> =>
    decodeBytes((await git.read([...PINS, 'diff-index', '--cached', form, ...OPTIONS, base], { cwd, env })).stdout)
  const [patch, stat] = await Promise.all([read('--patch'), read('--stat=100')])
  return { patch, stat }
}

/** The subjects of the latest commits that `head` reaches. */
export const readRecent = async (git: GitReader, head: ObjectId, count: number): Promise<readonly string[]> => {
  const args = ['rev-list', '--no-commit-header', '--encoding=UTF-8', '--format=%s', `--max-count=${count}`, head]
  const { stdout } = await git.read(args)
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
}
