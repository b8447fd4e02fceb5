import { type MergeOutcome, PairMap } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { tryMerges } from '../../git/facts/merges.ts'
import type { ProbeStore } from '../../git/probe-store.ts'
import type { WorktreeStatus } from '../../git/status.ts'
import { aloneInTheirFiles } from '../../git/working/overlap.ts'
import { commitUncommitted } from '../../git/working/uncommitted.ts'
import type { Board } from './board.ts'
import { type FileSources, keyOf, workingTree } from './working-tree.ts'

/** `as committed`: the changes can't matter, merging the commits answers for them. */
type Verdict = 'conflict' | 'clean' | 'as committed'

interface Remembered {
  readonly print: string
  readonly base: string
  readonly verdict: Verdict
}

interface Open {
  readonly worktree: Worktree
  readonly status: WorktreeStatus
  readonly head: ObjectId
  readonly mergeBase: ObjectId
  readonly print: string | undefined
}

/** The worktrees whose tracked changes might conflict: the target has commits that they do not have. */
const questions = (board: Board, base: ObjectId): readonly Open[] =>
  [...board.statuses].flatMap(([worktree, status]): Open[] => {
    const { head } = worktree
    if (head === undefined || head === base) return []
    const { entries } = status
    // While paths are unmerged there is no tree to try; the commit's own answer stands.
    if (entries.every(({ xy }) => xy === '??') || entries.some(({ unmerged }) => unmerged)) return []
    const relation = board.relations?.get({ base, head })
    if (relation === undefined || relation.behind === 0 || relation.mergeBase === undefined) return []
    return [{ worktree, status, head, mergeBase: relation.mergeBase, print: board.fingerprints.get(worktree) }]
  })

const probe = async (board: Board, base: ObjectId, open: readonly Open[], probes: ProbeStore): Promise<void> => {
  const { git, settings } = board.basis.repository
  const commits = await Promise.all(
    open.map(({ worktree, status }) => commitUncommitted(git, workingTree(board, worktree, status), probes)),
  )
  const pairs = commits.map((head) => (head === undefined ? undefined : { base, head }))
  const asked = pairs.filter((pair) => pair !== undefined)
  const outcomes =
    asked.length === 0 ? new PairMap<MergeOutcome>() : await tryMerges(git, settings.version, asked, probes.env())
  open.forEach(({ worktree }, at) => {
    const pair = pairs[at]
    const outcome = pair && outcomes.get(pair)
    if (outcome !== undefined) board.uncommitted.set(worktree, outcome.kind === 'conflict')
  })
}

/** Tells which worktrees would conflict with the target because of changes that are not committed yet. */
export const tryUncommitted = async (board: Board, { memory, probes }: FileSources): Promise<void> => {
  const base = board.targets?.[0]?.oid
  if (base === undefined) return
  const open: Open[] = []
  for (const question of questions(board, base)) {
    const { worktree, print } = question
    const known = memory.get(`${keyOf(worktree)} merge`) as Remembered | undefined
    if (known === undefined || known.print !== print || known.base !== base) open.push(question)
    else if (known.verdict !== 'as committed') board.uncommitted.set(worktree, known.verdict === 'conflict')
  }
  if (open.length === 0) return
  const overlaps = open.map(({ status, head, mergeBase }) => {
    return { head, mergeBase, base, entries: status.entries.filter(({ xy }) => xy !== '??') }
  })
  const alone = await aloneInTheirFiles(board.basis.repository.git, overlaps)
  await probe(
    board,
    base,
    open.filter((_, at) => !alone[at]),
    probes,
  )
  open.forEach(({ worktree, print }, at) => {
    const conflicts = board.uncommitted.get(worktree)
    if (print === undefined || (!alone[at] && conflicts === undefined)) return
    const verdict: Verdict = conflicts === undefined ? 'as committed' : conflicts ? 'conflict' : 'clean'
    memory.set(`${keyOf(worktree)} merge`, { print, base, verdict } satisfies Remembered)
  })
}
