import { WtError } from '../../core/errors.ts'
import type { ConfigEdit } from '../../core/git-config-text.ts'
import { type AbsolutePath, type BranchName, branchOf, type RefName } from '../../core/ids.ts'
import { editConfig } from '../../git/config-file.ts'
import { openGit } from '../../git/git.ts'
import { checkedOutBranch } from '../../git/head-branch.ts'
import { locate, placeOf, type RepositoryLayout } from '../../git/layout.ts'
import { type GitSettings, loadSettings } from '../../git/settings.ts'
import { type LookPorts, lookAt } from '../../worktree/look.ts'
import { selectTarget } from '../../worktree/select.ts'

export type StatePorts = LookPorts

/** A branch whose state is asked about, and the repository that keeps it. */
export interface BranchPlace {
  readonly layout: RepositoryLayout
  readonly branch: BranchName
}

const detached = (): WtError =>
  new WtError('DETACHED_HEAD', 'no branch is checked out here', { hint: 'name a branch with --branch' })

/**
 * The branch that `--branch` means, by the grammar of all commands; without it the one at hand, which takes no process
 * to find. Throws NOT_A_REPOSITORY, DETACHED_HEAD, and what selecting throws.
 */
export const branchPlace = async (ports: StatePorts, token: string | undefined): Promise<BranchPlace> => {
  if (token !== undefined && token !== '@') {
    const look = await lookAt(ports, { lookOnly: token !== '^' })
    const selected = selectTarget(look, token, ports)
    const branch = selected.kind === 'worktree' ? selected.worktree.branch : selected.branch
    if (branch === undefined) throw detached()
    return { layout: look.repository.layout, branch }
  }
  const layout = locate(ports.cwd, ports.env)
  const ref = await checkedOutBranch(layout, ports.env)
  const branch = ref === undefined ? undefined : branchOf(ref as RefName)
  if (branch === undefined) throw detached()
  return { layout, branch }
}

/** Git's configuration, without looking at refs: no process where it is remembered. */
export const settingsAt = (layout: RepositoryLayout, { env }: Pick<StatePorts, 'env'>): Promise<GitSettings> =>
  loadSettings(openGit(placeOf(layout), env), layout, env)

/** Milliseconds for which others who write the same file are waited for: many agents may do so at once. */
const PATIENCE = 10_000

/** Writes state into the repository's configuration. Throws STATE_UNWRITABLE. */
export const writeState = async (
  commonDir: AbsolutePath,
  { env }: Pick<StatePorts, 'env'>,
  edits: readonly ConfigEdit[],
): Promise<void> => {
  if (edits.length === 0 || (await editConfig({ commonDir, env, patience: PATIENCE }, edits))) return
  throw new WtError('STATE_UNWRITABLE', `${commonDir}/config can’t be written`, {
    hint: 'nothing was changed; see whether it is read-only, or whether a git left config.lock beside it',
  })
}
