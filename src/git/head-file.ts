import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBytes } from '../core/bytes.ts'
import { onDisk, readText } from './paths.ts'

/** Very old repositories have a link for a HEAD, whose text is what it leads to. */
const linkTarget = (path: string): string | undefined => {
  try {
    const target = decodeBytes(readlinkSync(onDisk(path), { encoding: 'buffer' }))
    return target.startsWith('refs/') ? target : undefined
  } catch {
    return undefined
  }
}

/** What the HEAD of a git directory holds: a ref's name or an id. Undefined when it can't be read. */
export const headOf = (gitDir: string): string | undefined => {
  const path = join(gitDir, 'HEAD')
  const text = readText(path)?.trim()
  const target = text?.startsWith('ref:') ? text.slice(4).trim() : (linkTarget(path) ?? text)
  return target === undefined || !/^(refs\/.+|[0-9a-f]{40}|[0-9a-f]{64})$/.test(target) ? undefined : target
}
