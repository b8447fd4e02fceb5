import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { type GraphLayer, parseGraphFile } from './graph-file.ts'

/** The commit-graph files that git would use, lowest layer first. */
export interface GraphFiles {
  readonly layers: readonly GraphLayer[]
  /** A file was there and could not be trusted. A git that is asked instead should be told not to read it either. */
  readonly refused: boolean
}

/** How deep git follows alternates of alternates. */
const DEPTH = 5

const readIfThere = (path: string): Promise<Buffer | undefined> => readFile(path).catch(() => undefined)

const alternatesOf = async (objectsDir: string, depth: number): Promise<readonly string[]> => {
  const text = depth < DEPTH ? await readIfThere(join(objectsDir, 'info', 'alternates')) : undefined
  if (text === undefined) return []
  const found: string[] = []
  for (const line of text.toString().split('\n')) {
    // A quoted path has escapes. Without its store a graph is not found, and git is asked: slower, never wrong.
    if (line === '' || line.startsWith('#') || line.startsWith('"')) continue
    const dir = isAbsolute(line) ? line : join(objectsDir, line)
    found.push(dir, ...(await alternatesOf(dir, depth + 1)))
  }
  return found
}

const readLayer = async (stores: readonly string[], name: string): Promise<GraphLayer | undefined> => {
  for (const store of stores) {
    const bytes = await readIfThere(join(store, 'info', 'commit-graphs', `graph-${name}.graph`))
    if (bytes !== undefined) return parseGraphFile(bytes)
  }
  return undefined
}

/** The lower layers stand on their own, so a chain that breaks off is used up to there, as git does. */
const readChain = async (stores: readonly string[], text: string): Promise<GraphFiles> => {
  const layers: GraphLayer[] = []
  const names = text.split('\n').filter((name) => name !== '')
  for (const name of names) {
    const layer = /^[0-9a-f]+$/.test(name) ? await readLayer(stores, name) : undefined
    const fits =
      layer?.checksum === name &&
      layer.bases.length === layers.length &&
      layer.bases.every((base, at) => base === layers[at]?.checksum) &&
      layer.hashLength === (layers[0] ?? layer).hashLength
    if (!fits) return { layers, refused: true }
    layers.push(layer)
  }
  return { layers, refused: false }
}

const readStore = async (stores: readonly string[], store: string): Promise<GraphFiles> => {
  const bytes = await readIfThere(join(store, 'info', 'commit-graph'))
  const whole = bytes && parseGraphFile(bytes)
  if (whole?.bases.length === 0) return { layers: [whole], refused: false }
  const chain = await readIfThere(join(store, 'info', 'commit-graphs', 'commit-graph-chain'))
  const found = chain === undefined ? { layers: [], refused: false } : await readChain(stores, chain.toString())
  return { layers: found.layers, refused: found.refused || bytes !== undefined }
}

/**
 * Loads the commit-graph of an object store or, if it has none, that of the first of its alternates that has: a single
 * file, or a chain. A file that is missing or damaged is no error.
 */
export const loadGraphFiles = async (objectsDir: string): Promise<GraphFiles> => {
  const stores = [objectsDir, ...(await alternatesOf(objectsDir, 0))]
  let refused = false
  for (const store of stores) {
    const found = await readStore(stores, store)
    refused ||= found.refused
    if (found.layers.length > 0) return { layers: found.layers, refused }
  }
  return { layers: [], refused }
}
