import { decodeBytes } from '../../core/bytes.ts'
import { type BranchName, type RefName, shortRefName, toObjectId } from '../../core/ids.ts'
import { primaryRemote } from '../../core/project-id.ts'
import { onRemotes, remotesIn } from '../../core/remotes.ts'
import { worktreeAt } from '../../git/worktrees.ts'
import type { Look } from '../look.ts'
import { type SelectPlace, selectBranch, typedPath } from '../select.ts'
import { refuse, type SwitchRefusal } from './codes.ts'
import type { Base } from './source.ts'

/** A base by a name that the snapshot knows: a branch here, then a remote one. No tag of that name is meant. */
const known = ({ refs }: Look, name: string): Base | undefined => {
  const tip = refs.tip(name as BranchName)
  if (tip !== undefined) return { name, oid: tip }
  for (const ref of [name, `refs/remotes/${name}`] as RefName[]) {
    const oid = ref.startsWith('refs/') ? refs.resolve(ref) : undefined
    if (oid !== undefined) return { name: shortRefName(ref), oid, ...(ref.startsWith('refs/remotes/') && { ref }) }
  }
  return undefined
}

/**
 * What a new branch starts from where nothing was said: the default branch under whatever ref has it, else the commit at
 * hand. Undefined in a repository without a commit.
 */
export const defaultBase = (look: Look): Base | undefined => {
  const { defaultBranch, repository, current, refs } = look
  if (defaultBranch !== undefined) {
    const remote = primaryRemote(repository.settings)?.name
    const base = known(look, defaultBranch) ?? (remote && known(look, `${remote}/${defaultBranch}`))
    if (base) return base
  }
  const head = current ?? look.primary
  if (head?.head !== undefined) return { name: head.branch ?? head.head, oid: head.head }
  const only = [...refs.entries()].find(({ name }) => name.startsWith('refs/heads/'))
  return only === undefined ? undefined : { name: shortRefName(only.name), oid: only.oid }
}

/** Any commit that git can make of the words: a tag, an id, `HEAD~1`. The only question about a name there is. */
const asked = async ({ repository }: Look, token: string): Promise<Base | undefined> => {
  const args = ['rev-parse', '--verify', '-q', '--end-of-options', `${token}^{commit}`]
  const { stdout } = await repository.git.read(args, { answers: [0, 1, 128] })
  const oid = toObjectId(decodeBytes(stdout).trim())
  return oid === undefined ? undefined : { name: token, oid }
}

/**
 * Finds what `--base` means: a shortcut, a branch, a remote branch, any commit, a branch that exactly one remote has, or
 * the path of a worktree that has a branch. Throws what the shortcuts throw.
 */
export const findBase = async (look: Look, token: string, place: SelectPlace): Promise<Base | SwitchRefusal> => {
  const shortcut = selectBranch(look, token)
  const name = shortcut ?? token
  const found = known(look, name) ?? (shortcut === undefined ? await asked(look, token) : undefined)
  if (found !== undefined) return found
  const remote = onRemotes(look.refs, remotesIn(look.repository.settings), name as BranchName)
  if (remote[0] !== undefined && remote.length === 1) {
    return { name: shortRefName(remote[0].ref), oid: remote[0].oid, ref: remote[0].ref }
  }
  const there = shortcut === undefined ? worktreeAt(look.worktrees, typedPath(token, place)) : undefined
  if (there?.branch !== undefined && there.head !== undefined) return { name: there.branch, oid: there.head }
  return refuse(
    'BASE_NOT_FOUND',
    `there is no commit to start from called ${name}`,
    'give --base a branch, a tag or a commit',
  )
}
