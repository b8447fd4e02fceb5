import { join } from 'node:path'
import {
  type CommitHeader,
  type LineCounts,
  type MergeOutcome,
  type ObjectFacts,
  type Pair,
  PairMap,
  type Relation,
} from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import type { History } from '../history/history.ts'
import type { RepositoryLayout } from '../layout.ts'
import type { ProbeStore } from '../probe-store.ts'
import type { FactFile } from './fact-file.ts'
import { readHeaders } from './headers.ts'
import { countLines } from './line-counts.ts'
import { tryMerges } from './merges.ts'
import { findSquashes } from './patch-ids.ts'
import type { HistoryView } from './view.ts'

/** A squash is looked for among at most this many commits of the target; further back it would cost too much. */
const SQUASH_REACH = 500

export interface FactSources {
  readonly git: GitReader
  readonly layout: RepositoryLayout
  readonly version: number
  readonly view: HistoryView
  readonly memory: FactFile
  readonly probes: ProbeStore
}

/** Looks pairs up in the memory, asks git for the rest, and remembers what it said. */
const rememberedPairs = async <Value>(
  memory: FactFile,
  kind: string,
  pairs: readonly Pair[],
  ask: (missing: readonly Pair[]) => Promise<PairMap<Value>>,
): Promise<PairMap<Value>> => {
  const answers = new PairMap<Value>()
  const missing = new Map<string, Pair>()
  for (const pair of pairs) {
    const key = `${kind}${pair.base}${pair.head}`
    const known = memory.get(key) as Value | undefined
    if (known !== undefined) answers.set(pair, known)
    else missing.set(key, pair)
  }
  if (missing.size === 0) return answers
  const asked = await ask([...missing.values()])
  for (const [key, pair] of missing) {
    const value = asked.get(pair)
    if (value === undefined) continue
    memory.set(key, value)
    answers.set(pair, value)
  }
  return answers
}

/** Facts by git, remembered in `memory`. */
export const openFacts = (sources: FactSources): ObjectFacts => {
  const { git, layout, version, view, memory, probes } = sources
  const objectsDir = join(layout.commonDir, 'objects')
  const history = async (pairs: readonly Pair[]): Promise<History> => {
    // Loaded only when something is not remembered, which is seldom.
    const { loadHistory } = await import('../history/history.ts')
    const tips = [...new Set(pairs.flatMap(({ base, head }) => [base, head]))]
    return await loadHistory(git, { objectsDir, trusted: view.plain, tips })
  }

  const relations = (pairs: readonly Pair[]): Promise<PairMap<Relation>> =>
    rememberedPairs(memory, 'r', pairs, async (missing) => {
      const walk = await history(missing)
      const found = new PairMap<Relation>()
      for (const pair of missing) {
        const relation = walk.relation(pair.base, pair.head)
        if (relation !== undefined) found.set(pair, relation)
      }
      return found
    })

  const patchIdMatches = (pairs: readonly Pair[]): Promise<PairMap<boolean>> =>
    rememberedPairs(memory, `p${view.attributes}`, pairs, async (missing) => {
      const [related, walk] = await Promise.all([relations(missing), history(missing)])
      return await findSquashes(
        git,
        version,
        missing.flatMap((pair) => {
          const mergeBase = related.get(pair)?.mergeBase
          if (mergeBase === undefined) return []
          return [{ pair, mergeBase, candidates: walk.since(mergeBase, pair.base, SQUASH_REACH) ?? [] }]
        }),
      )
    })

  const headers = async (commits: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, CommitHeader>> => {
    const known = new Map<ObjectId, CommitHeader>()
    const missing = new Set<ObjectId>()
    for (const id of commits) {
      const header = memory.get(`c${id}`) as CommitHeader | undefined
      if (header === undefined) missing.add(id)
      else known.set(id, header)
    }
    for (const [id, header] of await readHeaders(git, [...missing])) {
      memory.set(`c${id}`, header)
      known.set(id, header)
    }
    return known
  }

  return {
    relations,
    headers,
    lineCounts: (pairs) =>
      rememberedPairs<LineCounts>(memory, `l${view.attributes}`, pairs, (missing) => countLines(git, missing)),
    mergeOutcomes: (pairs) =>
      rememberedPairs<MergeOutcome>(memory, `m${view.attributes}`, pairs, (missing) =>
        tryMerges(git, version, missing, probes.env()),
      ),
    patchIdMatches,
  }
}
