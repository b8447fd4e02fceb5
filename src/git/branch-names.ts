import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { openGit } from './git.ts'
import { textLines } from './text-lines.ts'

/** The name of a branch as completion shows it. */
export interface ListedName {
  readonly name: string
  /** `worktree`, `branch`, or the remote that it is known from. */
  readonly from: string
  /** How long ago its last commit was made, in git's words. */
  readonly age: string
}

export interface ListedNames {
  readonly worktrees: readonly ListedName[]
  readonly local: readonly ListedName[]
  /** With the name that they have at their remote. */
  readonly remote: readonly ListedName[]
}

/** Sorted in git; the path of a worktree is not printed, since it may hold anything. */
const ARGUMENTS = [
  'for-each-ref',
  '--sort=-committerdate',
  '--sort=refname:rstrip=-2',
  '--format=%(refname)%09%(if)%(worktreepath)%(then)w%(end)%09%(symref)%09%(upstream:remotename)%09%(committerdate:relative)',
]

const HEADS = 'refs/heads/'
const REMOTES = 'refs/remotes/'

/**
 * The names of all branches in one `git for-each-ref`, the youngest first. Remotes are known by the branches that follow
 * them and by their HEAD; any other is the first part of the name. Throws GIT_FAILED outside a repository.
 */
export const listBranchNames = async (cwd: AbsolutePath, env: Environment): Promise<ListedNames> => {
  const { stdout } = await openGit(cwd, env).read([...ARGUMENTS, 'refs/heads', 'refs/remotes'])
  const records = textLines(stdout).map((line) => line.split('\t'))
  const remotes = new Set<string>()
  for (const [ref = '', , symref = '', remote = ''] of records) {
    if (remote !== '') remotes.add(remote)
    if (ref.startsWith(REMOTES) && symref !== '') remotes.add(ref.slice(REMOTES.length, ref.lastIndexOf('/')))
  }
  const heads = records.filter(([ref = '']) => ref.startsWith(HEADS))
  const listed = (worktree: boolean): readonly ListedName[] =>
    heads
      .filter(([, mark]) => (mark === 'w') === worktree)
      .map(([ref = '', , , , age = '']) => ({
        name: ref.slice(HEADS.length),
        from: worktree ? 'worktree' : 'branch',
        age,
      }))
  const remote = records.flatMap(([ref = '', , symref, , age = '']) => {
    if (!ref.startsWith(REMOTES) || symref !== '') return []
    const full = ref.slice(REMOTES.length)
    const known = [...remotes].filter((each) => full.startsWith(`${each}/`)).sort((a, b) => b.length - a.length)[0]
    const from = known ?? full.slice(0, full.indexOf('/'))
    const name = full.slice(from.length + 1)
    return name === 'HEAD' ? [] : [{ name, from, age }]
  })
  return { worktrees: listed(true), local: listed(false), remote }
}
