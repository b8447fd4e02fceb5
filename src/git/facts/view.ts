import { join } from 'node:path'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { isFalse } from '../config-output.ts'
import type { RepositoryLayout } from '../layout.ts'
import { kindOf, readText } from '../paths.ts'
import type { GitSettings } from '../settings.ts'

/** What bends history: with it, the same ids have other parents, and other answers. */
export interface HistoryView {
  /** On one line; the same for the same view. */
  readonly key: string
  /** Names what decides how contents are merged and compared; empty where nothing special does. */
  readonly attributes: string
  /** The commit-graph file tells the truth: nothing bends history, and the user has not turned it off. */
  readonly plain: boolean
}

/** A short name for a text. Two runs with different settings must not share answers; nobody attacks it. */
const digest = (text: string): string => {
  let [one, two] = [0x811c9dc5, 0x9747b28c]
  for (let at = 0; at < text.length; at++) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193)
    two = Math.imul(two ^ text.charCodeAt(at), 0x5bd1e995) + at
  }
  return text === '' ? '' : `${(one >>> 0).toString(36)}.${(two >>> 0).toString(36)}`
}

/** Attributes and the drivers that they name: a merge driver, or a file type that is not to be compared. */
const attributesOf = ({ commonDir, top }: RepositoryLayout, settings: GitSettings): string => {
  const file = settings.get('core.attributesfile')
  const texts = [
    join(commonDir, 'info', 'attributes'),
    top && join(top, '.gitattributes'),
    file?.startsWith('/') && file,
  ]
  const drivers = ['diff.', 'merge.'].flatMap((section) =>
    settings.keys(section).filter((key) => /\..*\./s.test(key) || key === 'merge.renormalize'),
  )
  return digest(
    [
      ...texts.flatMap((path) => (path ? (readText(path) ?? []) : [])),
      ...drivers.map((key) => `${key}=${settings.all(key).join(',')}`),
    ].join('\n'),
  )
}

/** How this repository sees its history: shallow edges, grafts, replaced objects, and the hash in use. */
export const viewOf = (layout: RepositoryLayout, settings: GitSettings, refs: RefSnapshot): HistoryView => {
  const shallow = readText(join(layout.commonDir, 'shallow')) ?? ''
  const grafts = readText(join(layout.commonDir, 'info', 'grafts')) ?? ''
  const replaced: string[] = []
  for (const { name, oid } of refs.entries()) if (name.startsWith('refs/replace/')) replaced.push(`${name} ${oid}`)
  const bends = [shallow, grafts, ...replaced].join(' ').trim()
  const abbreviation = settings.get('core.abbrev') ?? 'auto'
  const format = settings.get('extensions.objectformat') ?? 'sha1'
  const replacing = isFalse(settings.get('core.usereplacerefs')) ? 'unreplaced' : ''
  return {
    key: ['facts-2', format, abbreviation, replacing, bends].join(' ').replace(/\s+/g, ' ').trim(),
    attributes: attributesOf(layout, settings),
    plain:
      bends === '' &&
      !isFalse(settings.get('core.commitgraph')) &&
      kindOf(join(layout.commonDir, 'objects')) !== undefined,
  }
}
