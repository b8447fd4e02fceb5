import { isBranchName } from '../../core/branch-name.ts'
import {
  type BranchName,
  branchRef,
  type ObjectId,
  type RefName,
  shortRefName,
  splitRemoteRef,
} from '../../core/ids.ts'
import type { BranchSource } from '../../core/plan.ts'
import { onRemotes, type RemoteBranch } from '../../core/remotes.ts'
import { shellWord } from '../../core/shell-word.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { refuse, type SwitchRefusal } from './codes.ts'

/** What a new branch starts from. */
export interface Base {
  /** As messages and JSON call it. */
  readonly name: string
  readonly oid: ObjectId
  /** The remote-tracking ref that it is, where it is one. */
  readonly ref?: RefName
}

export interface SourceFacts {
  readonly refs: RefSnapshot
  readonly branch: BranchName
  readonly remotes: readonly string[]
  /** `checkout.defaultRemote`: which one counts where several have the branch. */
  readonly preferred: string | undefined
  /** When the remotes were last asked, in words; undefined for never. */
  readonly fetched: string | undefined
}

/** Where the branch comes from, and what is worth telling of that. */
export interface Chosen {
  readonly kind: 'source'
  readonly source: BranchSource
  readonly base?: string
  /** The remote branch that it was made from without being asked. */
  readonly fromRemote?: string
  /** Remotes that have a branch of the name which was created from elsewhere. */
  readonly shadows?: readonly RemoteBranch[]
}

/** A branch that can't be there beside the new one: refs are files and directories. */
const clashIn = (refs: RefSnapshot, branch: BranchName): BranchName | undefined => {
  const parts = branch.split('/')
  const above = parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/') as BranchName)
  const parent = above.find((each) => refs.tip(each) !== undefined)
  if (parent !== undefined) return parent
  const below = `${branchRef(branch)}/`
  for (const { name } of refs.entries()) if (name.startsWith(below)) return shortRefName(name) as BranchName
  return undefined
}

const clash = ({ refs, branch }: SourceFacts): SwitchRefusal | undefined => {
  const other = clashIn(refs, branch)
  if (other === undefined) return undefined
  const message = `branch ${branch} can’t be beside branch ${other}: git keeps refs as files and directories`
  return refuse(
    'BRANCH_NAME_CLASH',
    message,
    `choose another name, or rename the other: git branch -m ${shellWord(other)} <name>`,
  )
}

/** The source of a branch that is to be made (`--create`). Without a base the repository has no commit to start from. */
export const sourceOfNew = (
  facts: SourceFacts,
  base: Base | undefined,
  canBeUnborn: boolean,
): Chosen | SwitchRefusal => {
  const { refs, branch, remotes } = facts
  if (!isBranchName(branch)) {
    const hint = 'the rules are in: git help check-ref-format'
    return refuse('BRANCH_NAME_INVALID', `${branch === '' ? 'nothing' : branch} is no name for a branch`, hint)
  }
  if (refs.tip(branch) !== undefined) {
    return refuse('BRANCH_EXISTS', `branch ${branch} is there already`, `to go to it: wt switch ${shellWord(branch)}`)
  }
  const inTheWay = clash(facts)
  if (inTheWay !== undefined) return inTheWay
  if (base === undefined) {
    if (canBeUnborn) return { kind: 'source', source: { kind: 'unborn' } }
    return refuse('NO_COMMITS', 'there is no commit to start from', "make one: git commit --allow-empty -m 'Begin'")
  }
  const { name, oid, ref } = base
  const same = ref !== undefined && splitRemoteRef(ref, remotes)?.branch === branch
  return {
    kind: 'source',
    source: same ? { kind: 'tracking', upstream: ref, start: oid } : { kind: 'new', start: oid },
    base: name,
    shadows: same ? [] : onRemotes(refs, remotes, branch),
  }
}

const notFound = ({ branch, fetched }: SourceFacts): SwitchRefusal => {
  const asked = fetched === undefined ? 'never fetched' : `last fetched ${fetched} ago`
  const create = isBranchName(branch) ? `to create it: wt switch --create ${shellWord(branch)}` : undefined
  const hint = create ?? 'to see what there is: wt list --branches --remotes'
  return refuse('BRANCH_NOT_FOUND', `there is no branch ${branch}, here or on a remote (${asked})`, hint)
}

/** The source of a branch that is expected to be there, here or on exactly one remote. */
export const sourceOfKnown = (facts: SourceFacts): Chosen | SwitchRefusal => {
  const { refs, branch, remotes, preferred } = facts
  const tip = refs.tip(branch)
  if (tip !== undefined && !isBranchName(branch)) {
    const message = `git checks out no branch called ${branch}: it takes the name for something else`
    return refuse('BRANCH_NAME_INVALID', message, `to rename it: git branch -m -- ${shellWord(branch)} <name>`)
  }
  if (tip !== undefined) return { kind: 'source', source: { kind: 'existing', tip } }
  const found = onRemotes(refs, remotes, branch)
  const one = found.length === 1 ? found[0] : found.find(({ remote }) => remote === preferred)
  if (one !== undefined) {
    const source = { kind: 'tracking', upstream: one.ref, start: one.oid } as const
    return clash(facts) ?? { kind: 'source', source, fromRemote: shortRefName(one.ref) }
  }
  if (found.length === 0) return notFound(facts)
  const names = found.map(({ ref }) => shortRefName(ref)).join(', ')
  const first = found[0] as RemoteBranch
  return refuse(
    'REMOTE_AMBIGUOUS',
    `branch ${branch} is on several remotes: ${names}`,
    `choose one: wt switch --create ${shellWord(branch)} --base ${shellWord(shortRefName(first.ref))}`,
  )
}
