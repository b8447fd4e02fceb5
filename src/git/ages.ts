import { type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AbsolutePath, type BranchName, branchRef } from '../core/ids.ts'
import { onDisk, readText } from './paths.ts'

const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(onDisk(path), { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/**
 * When a linked worktree was added: when its registration was made, by the file system or, where that does not tell, by a
 * file in it that is written once. Milliseconds since 1970; undefined where nothing says it.
 */
export const worktreeSince = (gitDir: AbsolutePath): number | undefined => {
  const born = statOf(gitDir)?.birthtimeMs
  if (born !== undefined && born > 0) return born
  return statOf(join(gitDir, 'commondir'))?.mtimeMs
}

/** The committer's time in the first line of a reflog, in milliseconds. */
const firstEntry = (reflog: string | undefined): number | undefined => {
  const line = reflog?.slice(0, reflog.indexOf('\n'))
  const seconds = /> (\d+) [+-]\d{4}(?:\t|$)/.exec(line ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

/**
 * Since when there has been a branch, as far as can be told: its oldest reflog entry, else when what stores it was last
 * written, which errs towards young. Never its commit's date: a branch made a moment ago may start at an old commit.
 * Milliseconds since 1970.
 */
export const branchSince = (commonDir: AbsolutePath, branch: BranchName): number | undefined => {
  const ref = branchRef(branch)
  const logged = firstEntry(readText(join(commonDir, 'logs', ref)))
  if (logged !== undefined) return logged
  const stores = [ref, join('reftable', 'tables.list'), 'packed-refs']
  return stores.map((name) => statOf(join(commonDir, name))?.mtimeMs).find((time) => time !== undefined)
}
