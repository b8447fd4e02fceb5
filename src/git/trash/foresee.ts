import { join } from 'node:path'
import type { Staged } from '../../core/applied.ts'
import type { KeptEntry } from '../../core/plan.ts'
import { readManifest } from './manifest.ts'
import { chooseKept } from './settle.ts'
import { type Measure, measureTree } from './tree.ts'

/** What will be kept of a removed worktree, or was. */
export interface Keeping {
  readonly kept: readonly (KeptEntry & Measure)[]
  readonly dropped: readonly (KeptEntry & Measure)[]
}

/** No more than this is looked at while somebody waits. */
const PATIENCE = 3000

/** What will be kept of a directory that waits in the trash, as far as a short look can tell. */
export const foresee = ({ staged, kept }: Staged): Keeping => {
  const manifest = readManifest(kept)
  let left = PATIENCE
  const sized = (manifest?.entries ?? []).map((entry) => {
    const measure = measureTree(join(staged, entry.path), { files: Math.max(0, left), bytes: manifest?.limit ?? 0 })
    left -= measure.files
    return { entry, ...measure }
  })
  const flat = ({ entry, ...measure }: (typeof sized)[number]): KeptEntry & Measure => ({ ...entry, ...measure })
  const chosen = chooseKept(sized, manifest?.limit ?? 0)
  return { kept: chosen.kept.map(flat), dropped: chosen.dropped.map(flat) }
}

/** What was kept of a directory that is gone. */
export const recall = ({ kept }: Staged): Keeping | undefined => {
  const settled = readManifest(kept)?.settled
  if (settled === undefined) return undefined
  return {
    kept: settled.kept.map((each) => ({ ...each, files: 1, more: false })),
    dropped: settled.dropped.map((each) => ({ ...each, why: 'ignored', more: false })),
  }
}
