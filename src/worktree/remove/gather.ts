import { PairMap } from '../../core/facts.ts'
import type { BranchName } from '../../core/ids.ts'
import { type Integration, integrationsOf } from '../../core/integration.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { effectiveTargets, type Target, targetPair } from '../../core/target.ts'
import type { Environment } from '../../git/environment.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import { findDefaultBranch } from '../../git/find-default-branch.ts'
import { readRegistry } from '../../git/registry.ts'
import type { Repository } from '../../git/repository.ts'
import { captureWorktrees } from '../../git/worktrees.ts'
import type { BranchRemovalFacts } from './plan.ts'

/** Everything that the decision about one branch leans on, as of one snapshot. */
export const gatherForRemoval = async (
  repository: Repository,
  { basis, branch }: { readonly basis: RefSnapshot; readonly branch: BranchName },
  search: { readonly env: Environment; readonly lookOnly: boolean },
): Promise<BranchRemovalFacts> => {
  const { git, layout, settings } = repository
  const found = await findDefaultBranch(repository, basis, search)
  const defaultBranch = found.kind === 'found' ? found.branch : undefined
  // Read again for each branch: what was removed or checked out meanwhile counts.
  const worktrees = await captureWorktrees(readRegistry(layout, settings), basis, settings, git)
  const pair = defaultBranch === undefined ? undefined : targetPair(basis, defaultBranch)
  const head = basis.tip(branch)
  const integrations = new PairMap<Integration>()
  if (pair === undefined || head === undefined) return { worktrees, defaultBranch, judgedBy: pair?.local, integrations }
  const { facts, close } = openFactStore(repository, basis)
  try {
    const between = pair.upstream && { base: pair.local.oid, head: pair.upstream.oid }
    const relations = await facts.relations(between ? [between] : [])
    const targets = effectiveTargets(pair, between && relations.get(between))
    let judgedBy: Target | undefined
    for (const target of targets) {
      const question = { base: target.oid, head }
      const verdict = (await integrationsOf(facts, [question])).get(question)
      if (verdict !== undefined) integrations.set(question, verdict)
      if (verdict?.kind === 'integrated') judgedBy ??= target
    }
    return { worktrees, defaultBranch, judgedBy: judgedBy ?? targets[0], integrations }
  } finally {
    close()
  }
}
