import { join } from 'node:path'
import { WtError } from '../../../core/errors.ts'
import type { AbsolutePath } from '../../../core/ids.ts'
import { integrationsOf } from '../../../core/integration.ts'
import { apply } from '../../../git/apply.ts'
import { openFactStore } from '../../../git/facts/open-store.ts'
import { openGit } from '../../../git/git.ts'
import { withLock } from '../../../git/lock.ts'
import { openWriter } from '../../../git/writer.ts'
import { planBranchRemoval } from '../../remove/plan.ts'
import { isElsewhere, type Landing, lookOnce, refused } from '../landing.ts'
import { holderOf } from '../plan.ts'
import type { GoTo } from '../result.ts'
import type { BranchTarget } from '../target.ts'
import { nestedIn, readWorkState } from '../work-state.ts'
import { decideFinish, refuseCleanUp, refuseLate } from './plan.ts'

export interface Finished {
  readonly kind: 'done'
  readonly removed: boolean
  /** Where the shell should go, if it stood in what was removed. */
  readonly goTo: GoTo | undefined
}

/** What stays, and why; or that it goes. */
const decide = (landing: Landing, target: BranchTarget, remove: boolean): ReturnType<typeof decideFinish> => {
  const { look, source } = landing
  const [inside] = nestedIn(look, source)
  const nested = inside === undefined ? undefined : (join(source.path, inside) as AbsolutePath)
  return decideFinish({ remove, source, primary: look.primary, target: target.branch, nested })
}

/** The same landing, seen from the git directory that all worktrees share: this one's is about to go. */
const fromCommon = (landing: Landing): Landing => {
  const { look, ports, context } = landing
  const { commonDir } = look.repository.layout
  const git = openGit(commonDir, ports.env)
  const repository = { ...look.repository, git }
  const writer = openWriter(commonDir, ports.env)
  return { ...landing, look: { ...look, repository }, context: { ...context, reader: git, writer } }
}

/** Deletes the branch if the target holds its work by the refs as they are now; says why not, where it does not. */
const dropBranch = async ({ look, context, ports, source }: Landing, target: BranchTarget): Promise<boolean> => {
  const { branch } = source
  const [head, oid] = [branch && look.refs.tip(branch), look.refs.tip(target.branch)]
  if (branch === undefined || head === undefined || oid === undefined) return false
  const { facts, close } = openFactStore(look.repository, look.refs)
  try {
    const integrations = await integrationsOf(facts, [{ base: oid, head }])
    const { worktrees, defaultBranch } = look
    const known = { worktrees, defaultBranch, judgedBy: { ref: target.ref, oid }, integrations }
    const plan = planBranchRemoval(look.refs, known, { branch, force: false })
    if (plan.kind === 'plan') await apply(context, plan)
    else ports.say({ kind: 'warning', text: plan.message })
    return plan.kind === 'plan'
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    ports.say({ kind: 'warning', text: error.message })
    return false
  } finally {
    close()
  }
}

/** Takes the worktree away; git looks at it once more. */
const removeWorktree = ({ look, source, context }: Landing): Promise<unknown> =>
  withLock(look.repository.layout.commonDir, 'registry', () =>
    context.writer.write(['worktree', 'remove', source.path]),
  )

/**
 * Ends a merge that has landed: the worktree and its branch go, or stay for a reason. What was asked before the hooks is
 * asked again after them; a refusal here does not undo the landing.
 */
export const finish = async (
  landing: Landing,
  target: BranchTarget,
  { remove }: { readonly remove: boolean },
): Promise<Finished | ReturnType<typeof refused>> => {
  const { ports, source } = landing
  const decision = decide(landing, target, remove)
  if (decision.kind !== 'remove') {
    ports.say({ kind: 'preserved', path: source.path, why: decision })
    // Hooks: post-merge.
    ports.hooks.after('post-merge', landing)
    return { kind: 'done', removed: false, goTo: undefined }
  }
  const early = refuseCleanUp(source, landing.look.defaultBranch, await readWorkState(landing))
  if (early !== undefined) return refused(early)
  // Hooks: pre-remove.
  const ran = await ports.hooks.before('pre-remove', landing)
  const now = ran ? await lookOnce(landing) : landing
  const late = ran ? refuseLate(source, decide(now, target, remove), await readWorkState(now)) : undefined
  if (late !== undefined) return refused(late)
  const common = fromCommon(now)
  await removeWorktree(common)
  const gone = await lookOnce(common)
  const after: Landing = { ...gone, source: now.source }
  const { branch, path } = now.source
  const branchDeleted = await dropBranch(after, target)
  if (branch !== undefined) ports.say({ kind: 'removed', path, branch, branchDeleted })
  // Hooks: post-remove; post-switch where the shell's own worktree went; post-merge.
  ports.hooks.after('post-remove', after)
  if (!isElsewhere(landing)) ports.hooks.after('post-switch', after)
  ports.hooks.after('post-merge', after)
  const destination = holderOf(after.look.worktrees, target.branch) ?? after.look.primary
  const to = isElsewhere(landing) ? undefined : destination?.path
  return { kind: 'done', removed: true, goTo: to === undefined ? undefined : { from: path, to } }
}
