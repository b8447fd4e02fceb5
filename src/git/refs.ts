import { type ObjectId, parseRefName, type RefName, type RepoId, toObjectId } from '../core/ids.ts'
import { type RefEntry, RefSnapshot } from '../core/snapshot.ts'
import type { GitReader } from './git.ts'
import { textLines } from './text-lines.ts'

/** Everything that a decision may lean on. Tags are left out: no branch is judged by one. */
const NAMESPACES = ['refs/heads', 'refs/remotes', 'refs/replace'] as const

/** None of these makes git open an object, which is what would cost. A name holds neither NUL nor a newline. */
const FORMAT = '--format=%(refname)%00%(objectname)%00%(upstream)%00%(symref)'

/** Spelled out: a spread for each field would take as long as all the rest. */
const entryOf = (name: RefName, oid: ObjectId, rest: string): RefEntry => {
  if (rest === '\0') return { name, oid }
  const end = rest.indexOf('\0')
  const upstream = rest.slice(0, end) as RefName
  const symref = rest.slice(end + 1) as RefName
  if (symref === '') return { name, oid, upstream }
  return upstream === '' ? { name, oid, symref } : { name, oid, upstream, symref }
}

/** What `for-each-ref` printed, as entries. A ref without an object (a dangling symbolic one) is none. */
const parseRefs = (stdout: Buffer): readonly RefEntry[] => {
  const entries: RefEntry[] = []
  for (const line of textLines(stdout)) {
    const afterName = line.indexOf('\0')
    const afterId = line.indexOf('\0', afterName + 1)
    if (afterId < 0) continue
    const oid = toObjectId(line.slice(afterName + 1, afterId))
    if (oid !== undefined) entries.push(entryOf(parseRefName(line.slice(0, afterName)), oid, line.slice(afterId + 1)))
  }
  return entries
}

/**
 * Where the refs pointed at one moment: one `git for-each-ref`. Without `patterns`, all branches, remote-tracking and
 * replace refs. A broken ref is left out, as git itself does; `heard` gets what it says of that.
 * Throws GIT_FAILED when git can't read the refs at all.
 */
export const captureRefs = async (
  git: GitReader,
  repo: RepoId,
  patterns: readonly string[] = NAMESPACES,
  heard: (complaint: string) => void = () => undefined,
): Promise<RefSnapshot> => {
  const { stdout, stderr } = await git.read(['for-each-ref', FORMAT, ...patterns])
  for (const line of stderr.split('\n')) if (line.startsWith('warning: ')) heard(line.slice('warning: '.length))
  return new RefSnapshot(repo, parseRefs(stdout))
}
