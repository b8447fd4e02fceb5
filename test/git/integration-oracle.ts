import type { IntegrationReason } from '../../src/core/integration.ts'
import type { TestRepo } from '../support/repo.ts'

/** The plain commands, each run alone and in the order in which the checks are made. */
const plainly = (repo: TestRepo, ...args: readonly string[]) => {
  const { code, stdout } = repo.tryGit(args)
  return { code, text: stdout.toString().trim() }
}

const patchIds = (repo: TestRepo, diffs: Uint8Array): readonly string[] =>
  repo
    .tryGit(['patch-id', '--verbatim'], diffs)
    .stdout.toString()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [line.split(' ')[0] as string]))

const isSquashed = (repo: TestRepo, head: string, target: string, mergeBase: string): boolean => {
  if (Number(plainly(repo, 'rev-list', '--count', `${mergeBase}..${target}`).text) > 500) return false
  const diff = ['diff-tree', '--ignore-submodules=none']
  const [wanted] = patchIds(repo, repo.tryGit([...diff, '--patch', mergeBase, head, '--']).stdout)
  const commits = plainly(repo, 'rev-list', `${mergeBase}..${target}`).text
  const there = patchIds(repo, repo.tryGit([...diff, '--stdin', '--patch'], `${commits}\n`).stdout)
  return wanted !== undefined && there.includes(wanted)
}

/** Why the work of `head` is in `target`, by git's own commands; undefined when it is not. */
const reasonByGit = (repo: TestRepo, head: string, target: string): IntegrationReason | undefined => {
  const tree = (commit: string): string =>
    plainly(repo, 'rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`).text
  if (head === target) return 'same_commit'
  if (plainly(repo, 'merge-base', '--is-ancestor', head, target).code === 0) return 'ancestor'
  const mergeBase = plainly(repo, 'merge-base', head, target).text.split('\n')[0] ?? ''
  if (mergeBase === '') return undefined
  if (plainly(repo, 'diff-tree', '--ignore-submodules=none', '--quiet', mergeBase, head, '--').code === 0) {
    return 'no_added_changes'
  }
  if (tree(head) === tree(target)) return 'trees_match'
  const merge = plainly(repo, 'merge-tree', '--write-tree', target, head)
  if (merge.code === 0) return merge.text.split('\n')[0] === tree(target) ? 'merge_adds_nothing' : undefined
  return merge.code === 1 && isSquashed(repo, head, target, mergeBase) ? 'patch_id_match' : undefined
}

/** Everything that `wt list` says of how a commit stands to the default branch. */
export interface Standing {
  readonly ahead: number | null
  readonly behind: number | null
  readonly orphan: boolean
  readonly diff: { readonly added: number; readonly deleted: number }
  readonly merge_conflicts: boolean
  readonly integration?: { readonly reason: IntegrationReason }
}

/** The refs that prove integration: both sides of the default branch, or the newer one. */
const targetsByGit = (repo: TestRepo, local: string, upstream: string | undefined): readonly string[] => {
  if (upstream === undefined || upstream === local) return [local]
  const isAncestor = (one: string, two: string): boolean =>
    plainly(repo, 'merge-base', '--is-ancestor', one, two).code === 0
  if (isAncestor(local, upstream)) return [upstream]
  return isAncestor(upstream, local) ? [local] : [local, upstream]
}

/** git refuses to merge what shares no history, and there is nothing to count from. */
const ORPHAN: Standing = {
  ahead: null,
  behind: null,
  orphan: true,
  diff: { added: 0, deleted: 0 },
  merge_conflicts: true,
}

/** How `head` stands to a default branch with an upstream, by git's own commands. */
export const standingByGit = (repo: TestRepo, head: string, local: string, upstream: string | undefined): Standing => {
  const targets = targetsByGit(repo, local, upstream)
  const base = targets[0] as string
  const [behind, ahead] = plainly(repo, 'rev-list', '--left-right', '--count', `${base}...${head}`).text.split('\t')
  const mergeBase = plainly(repo, 'merge-base', base, head).text.split('\n')[0] ?? ''
  const stat = plainly(repo, 'diff-tree', '-r', '-M', '--shortstat', mergeBase, head).text
  if (mergeBase === '') return ORPHAN
  const number = (pattern: RegExp): number => Number(pattern.exec(stat)?.[1] ?? 0)
  const reason = targets.map((target) => reasonByGit(repo, head, target)).find((each) => each !== undefined)
  return {
    ahead: Number(ahead),
    behind: Number(behind),
    orphan: false,
    diff: { added: number(/(\d+) insertion/), deleted: number(/(\d+) deletion/) },
    merge_conflicts: plainly(repo, 'merge-tree', '--write-tree', base, head).code === 1,
    ...(reason !== undefined && { integration: { reason } }),
  }
}
