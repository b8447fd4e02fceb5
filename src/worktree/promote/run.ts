import { WtError } from '../../core/errors.ts'
import type { BranchName } from '../../core/ids.ts'
import { diffRefs } from '../../core/snapshot.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { recordOperation } from '../../git/journal.ts'
import { withLock } from '../../git/lock.ts'
import { readStatuses } from '../../git/status.ts'
import { openWriter } from '../../git/writer.ts'
import { holdingSignals } from '../../host/hold-signals.ts'
import { gatherIgnored, nestedIn, readInclude } from '../ignored/entries.ts'
import type { IgnoredEntry } from '../ignored/plan.ts'
import { type Look, type LookPorts, lookAgain, lookAt } from '../look.ts'
import { namedWorktree, usable, worktreeHere } from '../named-worktree.ts'
import { executePromotion } from './execute.ts'
import { type PromoteFacts, planPromotion, refuseLeftover } from './plan.ts'
import type { PromoteResult } from './result.ts'
import { leftoverIn, stagingIn } from './staging.ts'

export interface PromotePorts extends LookPorts {
  /** The command line, for the journal. */
  readonly command: readonly string[]
}

const onBranch = (worktree: Worktree): Worktree & { readonly branch: BranchName } => {
  const { branch } = worktree
  if (branch !== undefined) return { ...worktree, branch }
  throw new WtError('DETACHED_HEAD', `no branch is checked out at ${worktree.path}`, { hint: 'name a branch' })
}

/** The worktree whose branch is wanted: the one named, the one at hand, or from the main one the default branch's. */
const wanted = (look: Look, token: string | undefined, ports: PromotePorts): Worktree => {
  if (token !== undefined) return namedWorktree(look, token, ports)
  const here = look.current
  return here !== undefined && here.id !== undefined ? worktreeHere(look) : namedWorktree(look, '^', ports)
}

const gatherFacts = async (look: Look, target: PromoteFacts['target']): Promise<PromoteFacts> => {
  const { worktrees } = look.worktrees
  const main = worktrees.find(({ id }) => id === undefined)
  const both = main === undefined ? [target] : [usable(main), target]
  const statuses = await Promise.all(
    readStatuses(
      look.repository.git,
      both.map(({ path }) => path),
    ),
  )
  const changes = new Map(both.map((worktree, at) => [worktree, statuses[at]?.entries.length ?? 0] as const))
  return { main, target, worktrees, changes }
}

const ignoredOf = (look: Look, { path }: Worktree): Promise<readonly IgnoredEntry[]> => {
  const selection = { include: readInclude(path), exclude: undefined, nested: nestedIn(look.worktrees, path) }
  return gatherIgnored(look.repository.git, path, selection)
}

/**
 * Has the main worktree and another one change their branches, ignored files included. Throws NO_WORKTREE_OF_BRANCH,
 * WORKTREE_UNUSABLE, DETACHED_HEAD, PATTERN_INVALID, COPY_FAILED, PROMOTE_UNFINISHED, GIT_FAILED; nothing has changed
 * then, but with PROMOTE_UNFINISHED.
 */
export const runPromote = async (
  ports: PromotePorts,
  { branch: token, dryRun }: { readonly branch: string | undefined; readonly dryRun: boolean },
): Promise<PromoteResult> => {
  const first = await lookAt(ports, { lookOnly: dryRun })
  const { commonDir } = first.repository.layout
  const attempt = async (look: Look): Promise<PromoteResult> => {
    const leftover = leftoverIn(stagingIn(commonDir))
    if (leftover !== undefined) return { kind: 'refused', refusal: refuseLeftover(leftover) }
    const target = onBranch(wanted(look, token, ports))
    if (target.id === undefined) return { kind: 'already-in-main', branch: target.branch }
    const plan = planPromotion(await gatherFacts(look, target))
    if (plan.kind === 'refusal') return { kind: 'refused', refusal: plan }
    const [main, other] = await Promise.all([ignoredOf(look, plan.main), ignoredOf(look, plan.target)])
    const told = { target: target.branch, mainBranch: plan.main.branch, mismatch: target.branch !== look.defaultBranch }
    if (dryRun) return { kind: 'planned', ...told, swapped: main.length + other.length }
    const writer = openWriter(commonDir, ports.env)
    const entries = { main, target: other }
    const swapped = await holdingSignals(() => executePromotion(writer, stagingIn(commonDir), plan, entries))
    return { kind: 'promoted', ...told, swapped }
  }
  if (dryRun) return await attempt(first)
  const result = await withLock(commonDir, 'registry', async () => await attempt(await lookAgain(first)))
  if (result.kind !== 'promoted') return result
  const after = await lookAgain(first)
  const changes = diffRefs(first.refs, after.refs)
  await recordOperation(commonDir, {
    at: new Date(ports.now()),
    command: ports.command,
    changes,
    outcome: { kind: 'done' },
  })
  return result
}
