import { join } from 'node:path'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { RepositoryLayout } from '../layout.ts'
import { kindOf, readText } from '../paths.ts'
import type { GitSettings } from '../settings.ts'

/** What bends history: with it, the same ids have other parents, and other answers. */
export interface HistoryView {
  /** On one line; the same for the same view. */
  readonly key: string
  /** The commit-graph file tells the truth: nothing bends history, and the user has not turned it off. */
  readonly plain: boolean
}

/** How this repository sees its history: shallow edges, grafts, replaced objects, and the hash in use. */
export const viewOf = (layout: RepositoryLayout, settings: GitSettings, refs: RefSnapshot): HistoryView => {
  const shallow = readText(join(layout.commonDir, 'shallow')) ?? ''
  const grafts = readText(join(layout.commonDir, 'info', 'grafts')) ?? ''
  const replaced: string[] = []
  for (const { name, oid } of refs.entries()) if (name.startsWith('refs/replace/')) replaced.push(`${name} ${oid}`)
  const bends = [shallow, grafts, ...replaced].join(' ').trim()
  const abbreviation = settings.get('core.abbrev') ?? 'auto'
  return {
    key: ['facts-1', settings.get('extensions.objectformat') ?? 'sha1', abbreviation, bends].join(' ').replace(/\s+/g, ' ').trim(),
    plain: bends === '' && settings.get('core.commitgraph') !== 'false' && kindOf(join(layout.commonDir, 'objects')) !== undefined,
  }
}
