import { PairMap } from '../../core/facts.ts'
import type { BranchName, ObjectId } from '../../core/ids.ts'
import { type Integration, integrationsOf } from '../../core/integration.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { effectiveTargets, type Target, targetPair } from '../../core/target.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import type { Repository } from '../../git/repository.ts'

/** Whose work is where, as of one snapshot. */
export interface Verdicts {
  /** Looked up by the two commits, so that a verdict on another commit can't be taken for this one's. */
  readonly integrations: PairMap<Integration>
  /** The ref that holds the work of a commit, else the first one that was asked; undefined if there is none to ask. */
  readonly judgeOf: (head: ObjectId) => Target | undefined
}

/** Asks for all commits at once whether their work is in the default branch or its upstream. */
export const gatherVerdicts = async (
  repository: Repository,
  refs: RefSnapshot,
  { defaultBranch, heads }: { readonly defaultBranch: BranchName | undefined; readonly heads: readonly ObjectId[] },
): Promise<Verdicts> => {
  const integrations = new PairMap<Integration>()
  const pair = defaultBranch === undefined ? undefined : targetPair(refs, defaultBranch)
  if (pair === undefined || heads.length === 0) return { integrations, judgeOf: () => pair?.local }
  const { facts, close } = openFactStore(repository, refs)
  try {
    const between = pair.upstream && { base: pair.local.oid, head: pair.upstream.oid }
    const relations = await facts.relations(between ? [between] : [])
    const targets = effectiveTargets(pair, between && relations.get(between))
    const judges = new Map<ObjectId, Target>()
    for (const target of targets) {
      const open = [...new Set(heads)].filter((head) => !judges.has(head))
      const questions = open.map((head) => ({ base: target.oid, head }))
      const verdicts = await integrationsOf(facts, questions)
      for (const question of questions) {
        const verdict = verdicts.get(question)
        if (verdict !== undefined) integrations.set(question, verdict)
        if (verdict?.kind === 'integrated') judges.set(question.head, target)
      }
    }
    return { integrations, judgeOf: (head) => judges.get(head) ?? targets[0] }
  } finally {
    close()
  }
}
