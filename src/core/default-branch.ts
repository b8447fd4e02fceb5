import type { GitValues } from './git-values.ts'
import { type BranchName, branchOf, branchRef, type RefName } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** What said which branch is the default one. */
type DefaultBranchSource =
  /** `wt.default-branch`: trusted, whether or not there is such a branch. */
  | 'setting'
  /** The local copy of the remote's HEAD. */
  | 'remote-head'
  /** The remote itself. */
  | 'remote'
  /** The rest is inferred from what is here. */
  | 'only-branch'
  | 'head'
  | 'init-setting'
  | 'usual-name'

/** What the remote said when asked. */
export type RemoteAnswer =
  | { readonly kind: 'branch'; readonly branch: BranchName }
  | { readonly kind: 'none'; readonly timedOut: boolean }

export interface DefaultBranchInput {
  readonly settings: GitValues
  readonly refs: RefSnapshot
  /** The primary remote's name, if there is one. */
  readonly remote: string | undefined
  /** Undefined: it has not been asked. */
  readonly answer?: RemoteAnswer
  /** The branch that the repository's own HEAD names (in a bare repository: the bare one's), unborn or not. */
  readonly head: BranchName | undefined
  /** The command was started at the root of a bare repository. */
  readonly bareRoot: boolean
}

export type DefaultBranch =
  | {
      readonly kind: 'found'
      readonly branch: BranchName
      readonly source: DefaultBranchSource
      /** Whether there is a local branch of that name. */
      readonly exists: boolean
      /** Whether to keep it as `wt.default-branch`, so that nobody has to find it again. */
      readonly remember: boolean
    }
  /** Nothing local says it: ask the remote, and come back with its answer. */
  | { readonly kind: 'needs-remote'; readonly remote: string }
  | { readonly kind: 'unknown' }

export const DEFAULT_BRANCH_KEY = 'wt.default-branch'
const USUAL_NAMES = ['main', 'master', 'develop', 'trunk'] as BranchName[]

const remoteHead = (refs: RefSnapshot, remote: string): BranchName | undefined => {
  const prefix = `refs/remotes/${remote}/`
  const target = refs.entry(`${prefix}HEAD` as RefName)?.symref
  return target?.startsWith(prefix) ? (target.slice(prefix.length) as BranchName) : undefined
}

const localBranches = (refs: RefSnapshot): readonly BranchName[] =>
  [...refs.entries()].flatMap(({ name }) => branchOf(name) ?? [])

const infer = (
  { settings, refs, head, bareRoot }: DefaultBranchInput,
  exists: (branch: BranchName) => boolean,
): readonly [DefaultBranchSource, BranchName | undefined] => {
  const branches = localBranches(refs)
  if (branches.length === 1) return ['only-branch', branches[0]]
  if (head !== undefined && (bareRoot || branches.length === 0)) return ['head', head]
  const initial = settings.get('init.defaultbranch') as BranchName | undefined
  if (initial !== undefined && exists(initial)) return ['init-setting', initial]
  return ['usual-name', USUAL_NAMES.find(exists)]
}

/** Which branch is the default one, by the first source that knows. */
export const defaultBranchFrom = (input: DefaultBranchInput): DefaultBranch => {
  const { settings, refs, remote, answer } = input
  const exists = (branch: BranchName): boolean => refs.resolve(branchRef(branch)) !== undefined
  const found = (source: DefaultBranchSource, branch: BranchName, remember: boolean): DefaultBranch => ({
    kind: 'found',
    branch,
    source,
    exists: exists(branch),
    remember,
  })
  const setting = settings.get(DEFAULT_BRANCH_KEY)
  if (setting !== undefined && setting !== '') return found('setting', setting as BranchName, false)
  if (remote !== undefined) {
    const branch = remoteHead(refs, remote)
    if (branch !== undefined) return found('remote-head', branch, true)
    if (answer === undefined) return { kind: 'needs-remote', remote }
    if (answer.kind === 'branch') return found('remote', answer.branch, true)
  }
  const [source, branch] = infer(input, exists)
  // The remote may only have been slow: what it would have said counts for more than what was inferred.
  const remember = !(answer?.kind === 'none' && answer.timedOut)
  return branch === undefined ? { kind: 'unknown' } : found(source, branch, remember)
}
