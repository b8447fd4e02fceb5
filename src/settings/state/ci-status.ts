import { type CiEntry, isCurrent } from '../../core/ci-entry.ts'
import { WtError } from '../../core/errors.ts'
import { rememberedCi } from '../../git/ci-file.ts'
import { lookAt } from '../../worktree/look.ts'
import { selectTarget } from '../../worktree/select.ts'
import type { StatePorts } from './place.ts'

/**
 * What is remembered of the checks of a branch, while it counts. No forge is asked. Throws NO_SUCH_BRANCH, DETACHED_HEAD,
 * and what looking and selecting throw.
 */
export const getCiStatus = async (ports: StatePorts, token: string | undefined): Promise<CiEntry | undefined> => {
  const look = await lookAt(ports, { lookOnly: token !== '^' })
  const selected = selectTarget(look, token ?? '@', ports)
  const branch = selected.kind === 'worktree' ? selected.worktree.branch : selected.branch
  if (branch === undefined)
    throw new WtError('DETACHED_HEAD', 'no branch is checked out here', { hint: 'name a branch with --branch' })
  const tip = look.refs.tip(branch)
  if (tip === undefined && selected.kind === 'branch')
    throw new WtError('NO_SUCH_BRANCH', `there is no local branch ${branch}`, {
      hint: 'to see the branches: wt list --branches',
    })
  const { layout, root } = look.repository
  const entry = rememberedCi(layout.commonDir, branch)
  return entry !== undefined && isCurrent(entry, { branch, tip, root, now: ports.now() }) ? entry : undefined
}
