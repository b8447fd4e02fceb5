import { decodeBytes } from '../core/bytes.ts'

/** One entry of `git status --porcelain=v2 -z`. */
export interface StatusEntry {
  /** Two letters, index then worktree, `.` for unchanged; `??` for untracked, `U`-like pairs for unmerged. */
  readonly xy: string
  readonly path: string
  /** The old path of a rename or copy. */
  readonly from?: string
  readonly unmerged: boolean
  /** The path is a submodule. */
  readonly submodule: boolean
}

/** Where the path begins in a record: after as many spaces as its kind has fields before it. */
const afterFields = (record: string, fields: number): string => {
  let at = 0
  for (let left = fields; left > 0; left--) at = record.indexOf(' ', at) + 1
  return record.slice(at)
}

const FIELDS: Readonly<Record<string, number>> = { '1': 8, '2': 9, u: 10 }

/** Parses `git status --porcelain=v2 -z`. Paths keep their bytes. */
export const parseStatus = (output: Uint8Array): readonly StatusEntry[] => {
  if (output.length === 0) return []
  const entries: StatusEntry[] = []
  const records = decodeBytes(output).split('\0')
  for (let at = 0; at < records.length; at++) {
    const record = records[at] as string
    const kind = record[0] ?? ''
    if (kind === '?') entries.push({ xy: '??', path: record.slice(2), unmerged: false, submodule: false })
    const fields = FIELDS[kind]
    if (fields === undefined) continue
    const from = kind === '2' ? records[++at] : undefined
    entries.push({
      xy: record.slice(2, 4),
      path: afterFields(record, fields),
      ...(from !== undefined && { from }),
      unmerged: kind === 'u',
      submodule: record[5] === 'S',
    })
  }
  return entries
}

/** The ignored paths of `git status --porcelain=v2 -z --ignored`; those of directories end in a slash. */
export const parseIgnored = (output: Uint8Array): readonly string[] => {
  const records = decodeBytes(output).split('\0')
  const paths: string[] = []
  for (let at = 0; at < records.length; at++) {
    const record = records[at] as string
    // The old path of a rename follows in a record of its own.
    if (record.startsWith('2 ')) at++
    else if (record.startsWith('! ')) paths.push(record.slice(2))
  }
  return paths
}
