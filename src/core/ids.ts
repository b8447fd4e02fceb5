declare const brand: unique symbol
type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** A full object id: 40 or 64 lowercase hex digits. Never abbreviated, never a ref name. */
export type ObjectId = Brand<string, 'ObjectId'>
/** A qualified ref name, such as `refs/heads/main`. */
export type RefName = Brand<string, 'RefName'>
/** A branch name without `refs/heads/`. */
export type BranchName = Brand<string, 'BranchName'>
/** An absolute path. Bytes that are not UTF-8 are carried as lone surrogates (see `bytes.ts`). */
export type AbsolutePath = Brand<string, 'AbsolutePath'>
/** What a snapshot was taken of: a git directory, a remote URL, or a sandbox. */
export type RepoId = Brand<string, 'RepoId'>

const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** The id that git prints for "no object": all zeros, of either length. */
const isNullId = (text: string): boolean => /^0+$/.test(text)

/** Parses a full object id, or answers undefined for anything else, the null id included. */
export const toObjectId = (text: string): ObjectId | undefined =>
  OBJECT_ID.test(text) && !isNullId(text) ? (text as ObjectId) : undefined

/** Parses a full object id. Throws a TypeError for anything else: a name must never pass for an id. */
export const parseObjectId = (text: string): ObjectId => {
  const id = toObjectId(text)
  if (id === undefined) throw new TypeError(`not a full object id: ${JSON.stringify(text)}`)
  return id
}

/** Parses a qualified ref name (`refs/…`). Throws a TypeError for a short one. */
export const parseRefName = (text: string): RefName => {
  if (!text.startsWith('refs/')) throw new TypeError(`not a qualified ref name: ${JSON.stringify(text)}`)
  return text as RefName
}

const HEADS = 'refs/heads/'
const REMOTES = 'refs/remotes/'

/** The ref that stores a branch. */
export const branchRef = (branch: BranchName): RefName => `${HEADS}${branch}` as RefName

/** The branch that a ref stores, or undefined for a ref outside `refs/heads/`. */
export const branchOf = (ref: RefName): BranchName | undefined =>
  ref.startsWith(HEADS) ? (ref.slice(HEADS.length) as BranchName) : undefined

/** Whether the ref is a remote-tracking one. */
export const isRemoteRef = (ref: RefName): boolean => ref.startsWith(REMOTES)

/** A ref as people write it: without `refs/heads/` or `refs/remotes/`. For display only. */
export const shortRefName = (ref: RefName): string =>
  ref.startsWith(HEADS) ? ref.slice(HEADS.length) : isRemoteRef(ref) ? ref.slice(REMOTES.length) : ref

/** A remote-tracking ref taken apart by the configured remotes; the longest remote name wins, as names may hold slashes. */
export const splitRemoteRef = (
  ref: RefName,
  remotes: readonly string[],
): { readonly remote: string; readonly branch: string } | undefined => {
  if (!isRemoteRef(ref)) return undefined
  const rest = ref.slice(REMOTES.length)
  const known = remotes.filter((name) => rest.startsWith(`${name}/`)).sort((a, b) => b.length - a.length)[0]
  const remote = known ?? rest.slice(0, Math.max(0, rest.indexOf('/')))
  return remote === '' ? undefined : { remote, branch: rest.slice(remote.length + 1) }
}
