import { lstatSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeBytes } from '../core/bytes.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { keptLine, type PromptLine, type PromptPlace } from '../core/prompt-line.ts'
import type { Environment } from './environment.ts'
import { headOf } from './head-file.ts'
import { locate } from './layout.ts'
import { onDisk, readText } from './paths.ts'

/** The file in a worktree's git directory that its shells read their prompt from; docs/decisions/0011-prompt.md. */
const NAME = 'wt-prompt'

/** File times come in ticks of the kernel, so that a change may look this much older than it is. Milliseconds. */
const TICK = 10

/** In a reftable HEAD is a stub that never changes. */
const STUB = 'refs/heads/.invalid'

const firstLine = (text: string | undefined): string | undefined => text?.split('\n', 1)[0]

/**
 * What a shell will compare: HEAD's first line as it is. A reftable's HEAD is in its tables, whose names never come
 * twice, so these stand for it. Undefined when HEAD is no longer what the line is about, or may not be.
 */
const headKey = ({ gitDir, head }: PromptPlace, began: number): string | undefined => {
  if (headOf(gitDir) !== head) return undefined
  const raw = firstLine(readText(join(gitDir, 'HEAD')))
  if (head !== STUB) return raw
  const tables = join(gitDir, 'reftable', 'tables.list')
  if (statSync(onDisk(tables)).mtimeMs >= began - TICK) return undefined
  return [raw, ...(readText(tables) ?? '').split('\n').filter((name) => name !== '')].join(' ')
}

const isThere = (path: string): boolean => {
  try {
    return lstatSync(onDisk(path)).isFile()
  } catch {
    return false
  }
}

const write = ({ place, text }: PromptLine, began: number): void => {
  const key = headKey(place, began)
  if (key === undefined) return
  const file = join(place.gitDir, NAME)
  const temporary = onDisk(`${file}.${process.pid}`)
  const content = encodeBytes(keptLine(key, began, place.refs, text()))
  try {
    writeFileSync(temporary, content, { flag: 'wx' })
    // As old as what it tells: whatever changes from then on is younger.
    const time = (began - TICK) / 1000
    utimesSync(temporary, time, time)
    renameSync(temporary, onDisk(file))
  } catch {
    rmSync(temporary, { force: true })
  }
}

/** The line of a place that has a git directory but no worktree, such as the root of a bare layout: an empty one. */
export const emptyPromptLine = (from: AbsolutePath, env: Environment): PromptLine => {
  const { gitDir } = locate(from, env)
  return { place: { gitDir, head: headOf(gitDir) ?? '', refs: [] }, text: () => '' }
}

/**
 * Keeps lines for the prompts of shells, each only where a shell has asked for one before, or `create` says so. `began`
 * is when the look began that they come from, in milliseconds since 1970. Starts no process and never fails: a git
 * directory that can't be written has no line.
 */
export const keepPromptLines = (lines: readonly PromptLine[], began: number, { create = false } = {}): void => {
  for (const line of lines) {
    try {
      if (create || isThere(join(line.place.gitDir, NAME))) write(line, began)
    } catch {
      // The next prompt asks again.
    }
  }
}
