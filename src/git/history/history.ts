import type { ObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import { readAncestry } from './ancestry.ts'
import { DamagedHistory, EMPTY_DAG, topsOf } from './dag.ts'
import { type GraphFiles, loadGraphFiles } from './graph-chain.ts'
import { openGraphDag } from './graph-dag.ts'
import { type CorrectedDates, correctedDates } from './graph-dates.ts'
import { graphIds } from './graph-ids.ts'
import { addListed, type NamedDag } from './listed-commits.ts'
import { type History, openHistory } from './open-history.ts'

export type { History } from './open-history.ts'

export interface HistoryOptions {
  /** The object store of the repository, `<common>/objects`. */
  readonly objectsDir: string
  /** False when git ignores its own commit-graph: shallow, grafted or replaced commits, `core.commitGraph=false`. */
  readonly trusted: boolean
  /** The commits that will be asked about, not tags. Their ancestors can be asked about too. */
  readonly tips: readonly ObjectId[]
}

/** What the commit-graph files hold. */
interface Graph extends NamedDag {
  /** Ids of the commits that reach all the others. */
  readonly tops: () => readonly ObjectId[]
  readonly corrected: CorrectedDates | undefined
  /** A file was there and is no good. */
  readonly refused: boolean
}

const noGraph = (refused: boolean): Graph => ({
  dag: EMPTY_DAG,
  ids: graphIds([]),
  tops: () => [],
  corrected: undefined,
  refused,
})

const openGraph = ({ layers, refused }: GraphFiles, width: number): Graph => {
  if (layers.length === 0) return noGraph(refused)
  const dag = layers[0]?.hashLength === width / 2 ? openGraphDag(layers) : undefined
  if (dag === undefined) return noGraph(true)
  const ids = graphIds(layers)
  return { dag, ids, tops: () => topsOf(dag).map(ids.idAt), corrected: correctedDates(layers, dag), refused }
}

const findNodes = ({ ids }: NamedDag, tips: readonly ObjectId[]): ReadonlyMap<ObjectId, number> => {
  const nodes = new Map<ObjectId, number>()
  for (const tip of tips) {
    const node = ids.indexOf(tip)
    if (node >= 0) nodes.set(tip, node)
  }
  return nodes
}

const completeGraph = async (git: GitReader, graph: Graph, tips: readonly ObjectId[]): Promise<History> => {
  const nodes = findNodes(graph, tips)
  const missing = [...new Set(tips)].filter((tip) => !nodes.has(tip))
  const options = { tips, nodes, corrected: graph.corrected }
  if (missing.length === 0) return openHistory(graph, options)
  const text = await readAncestry(git, { tips: missing, known: graph.tops(), withoutGraph: graph.refused })
  return openHistory(addListed(graph, text, tips[0]?.length ?? 0) ?? graph, options)
}

/**
 * Loads what is needed to compare the tips with each other: the commit-graph files, and from one `git rev-list` what
 * these do not cover (everything, if there are none). Runs no process when they cover every tip. Tips that do not exist
 * are not known afterwards; they are no error.
 */
export const loadHistory = async (git: GitReader, options: HistoryOptions): Promise<History> => {
  const { objectsDir, trusted, tips } = options
  const width = tips[0]?.length ?? 0
  const graph = trusted && width > 0 ? openGraph(await loadGraphFiles(objectsDir), width) : noGraph(false)
  try {
    return await completeGraph(git, graph, tips)
  } catch (error) {
    if (!(error instanceof DamagedHistory)) throw error
    return completeGraph(git, noGraph(true), tips)
  }
}
