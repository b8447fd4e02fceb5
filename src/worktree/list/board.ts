import type { CustomColumn } from '../../core/config.ts'
import type { CommitHeader, LineCounts, Pair, PairMap, Relation } from '../../core/facts.ts'
import type { BranchName, ObjectId, RefName } from '../../core/ids.ts'
import type { Integration } from '../../core/integration.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Target } from '../../core/target.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'
import type { Repository } from '../../git/repository.ts'
import type { WorktreeStatus } from '../../git/status.ts'
import type { CustomCells } from './custom-columns.ts'
import type { Subject } from './subjects.ts'

/** What is known when the rows are: one snapshot and what needs no further question. */
export interface ListBasis {
  readonly repository: Repository
  readonly refs: RefSnapshot
  readonly snapshot: WorktreeSnapshot
  readonly subjects: readonly Subject[]
  readonly remoteNames: readonly string[]
  readonly defaultBranch: BranchName | undefined
  readonly primary: Worktree | undefined
  readonly current: Worktree | undefined
  readonly previous: Worktree | undefined
  readonly mismatched: ReadonlySet<Worktree>
  readonly columns: readonly string[] | undefined
  readonly customColumns: readonly CustomColumn[]
  readonly custom: CustomCells
}

/** What has come in so far. Facts are keyed by object id, what concerns files by worktree. */
export interface Board {
  readonly basis: ListBasis
  /** The refs that prove integration, the first one being what rows are compared with; undefined until known. */
  targets: readonly Target[] | undefined
  relations: PairMap<Relation> | undefined
  headers: ReadonlyMap<ObjectId, CommitHeader>
  counts: PairMap<LineCounts> | undefined
  verdicts: PairMap<Integration> | undefined
  readonly statuses: Map<Worktree, WorktreeStatus>
  readonly lines: Map<Worktree, LineCounts>
  /** What the changes of a worktree are recognised by, where they can be. */
  readonly fingerprints: Map<Worktree, string | undefined>
  /** Whether the uncommitted changes would conflict, where they were asked about. */
  readonly uncommitted: Map<Worktree, boolean>
  readonly warnings: string[]
}

/** The ref that a subject's branch tracks, with where it pointed. */
export const upstreamOf = (refs: RefSnapshot, subject: Subject): (Target & { readonly ref: RefName }) | undefined => {
  const branch =
    subject.kind === 'worktree' ? subject.worktree.branch : subject.kind === 'branch' ? subject.branch : undefined
  const ref = branch === undefined ? undefined : refs.upstreamOf(branch)
  const oid = ref === undefined ? undefined : refs.resolve(ref)
  return ref === undefined || oid === undefined ? undefined : { ref, oid }
}

/** The branch that a row goes by; a remote row by the bare name, a worktree in a rebase by the branch that is rebased. */
export const branchNameOf = (subject: Subject): string | undefined =>
  subject.kind === 'worktree' ? (subject.worktree.branch ?? subject.worktree.borrowed) : subject.branch

/** Whether a row is compared with the default branch: not the primary worktree, and not that branch itself, anywhere. */
export const isCompared = ({ defaultBranch, primary }: ListBasis, subject: Subject): boolean =>
  defaultBranch !== undefined &&
  subject.head !== undefined &&
  !(subject.kind === 'worktree' && (subject.worktree === primary || subject.worktree.prunable !== undefined)) &&
  branchNameOf(subject) !== defaultBranch

/** The pairs in which rows are compared with one target. */
export const comparedPairs = (basis: ListBasis, base: ObjectId): readonly Pair[] =>
  basis.subjects.flatMap((subject) =>
    subject.head !== undefined && isCompared(basis, subject) ? [{ base, head: subject.head }] : [],
  )

export const openBoard = (basis: ListBasis, warnings: readonly string[]): Board => ({
  basis,
  targets: undefined,
  relations: undefined,
  headers: new Map(),
  counts: undefined,
  verdicts: undefined,
  statuses: new Map(),
  lines: new Map(),
  fingerprints: new Map(),
  uncommitted: new Map(),
  warnings: [...warnings],
})
