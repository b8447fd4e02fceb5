import { rmdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import {
  type CreationRecord,
  creationsIn,
  dropCreation,
  isUnderWay,
  lockReason,
  registrationOf,
  writeCreation,
} from './creation-record.ts'
import { headOf } from './head-file.ts'
import { readGitFile } from './layout.ts'
import { withLock } from './lock.ts'
import { kindOf, namesIn, onDisk, readText } from './paths.ts'
import { thisProcess } from './process-identity.ts'
import { clearRegistration } from './registration-clear.ts'
import type { GitWriter } from './writer.ts'

/** What was done about a worktree whose adding was killed half-way. */
export interface Recovered {
  readonly path: AbsolutePath
  readonly branch: BranchName
  readonly makesBranch: boolean
  readonly outcome: /** git had not got as far as a registration. */
    | { readonly kind: 'nothing-there' }
    /** The half-made registration is gone, and nothing of the user's was with it. */
    | { readonly kind: 'cleared' }
    /** The files that were missing are there; `differing` of those that were there are not as committed. */
    | { readonly kind: 'finished'; readonly differing: number }
    /** There is something in the directory, so the registration was left alone. */
    | { readonly kind: 'kept'; readonly gitDir: AbsolutePath }
}

const isWhole = (gitDir: AbsolutePath): boolean => {
  const head = headOf(gitDir)
  return head !== undefined && !/^0+$/.test(head) && kindOf(join(gitDir, 'commondir')) === 'file'
}

/** Whether there is nothing at a path, or a directory that holds no more than the link to this registration. */
const holdsNothing = (path: AbsolutePath, gitDir: AbsolutePath): boolean => {
  const kind = kindOf(path)
  if (kind === undefined) return true
  if (kind !== 'directory') return false
  const names = namesIn(path)
  return names.every((name) => name === '.git') && (names.length === 0 || readGitFile(join(path, '.git')) === gitDir)
}

const attempt = (act: () => void): void => {
  try {
    act()
  } catch {
    // It is not there, or not empty: then it stays.
  }
}

const clear = (path: AbsolutePath, gitDir: AbsolutePath): void => {
  attempt(() => rmSync(onDisk(join(path, '.git'))))
  attempt(() => rmdirSync(onDisk(path)))
  clearRegistration(gitDir)
}

/** git makes the entry first and says in it whose it is a moment later: an empty one can only be such. */
const sweepEmpty = (commonDir: AbsolutePath, path: AbsolutePath): void => {
  const registry = join(commonDir, 'worktrees')
  for (const id of namesIn(registry)) {
    if (id.startsWith(basename(path))) attempt(() => rmdirSync(onDisk(join(registry, id))))
  }
}

/** Everything that git needs for a checkout is there: files that are missing are added, none is overwritten. */
const finish = async (writer: GitWriter, path: AbsolutePath, gitDir: AbsolutePath): Promise<number> => {
  if (kindOf(join(gitDir, 'index')) === undefined) {
    rmSync(onDisk(join(gitDir, 'index.lock')), { force: true })
    await writer.write(['reset', '-q', '--no-recurse-submodules'], { cwd: path, foreground: {} })
    await writer.write(['checkout-index', '-a', '-q', '-u'], { cwd: path, foreground: {}, answers: [0, 1] })
  }
  const args = ['status', '--porcelain', '-z', '--untracked-files=no', '--no-renames']
  const { stdout } = await writer.write(args, { cwd: path, foreground: {} })
  return stdout.toString('latin1').split('\0').length - 1
}

const recover = async (
  commonDir: AbsolutePath,
  record: CreationRecord,
  writer: GitWriter,
): Promise<Recovered['outcome'] | undefined> => {
  const { token, path } = record
  const decided = await withLock(commonDir, 'registry', async () => {
    const now = creationsIn(commonDir).find((each) => each.token === token)
    // Somebody else was faster.
    if (now === undefined || isUnderWay(now)) return undefined
    const gitDir = registrationOf(commonDir, token)
    if (gitDir === undefined) {
      sweepEmpty(commonDir, path)
      dropCreation(commonDir, token)
      return { kind: 'nothing-there' } as const
    }
    if (isWhole(gitDir)) {
      writeCreation(commonDir, { ...record, owner: thisProcess() })
      return { kind: 'finish', gitDir } as const
    }
    const empty = holdsNothing(path, gitDir)
    if (empty) clear(path, gitDir)
    dropCreation(commonDir, token)
    return empty ? ({ kind: 'cleared' } as const) : ({ kind: 'kept', gitDir } as const)
  })
  if (decided?.kind !== 'finish') return decided
  const { gitDir } = decided
  const differing = await finish(writer, path, gitDir)
  const lock = join(gitDir, 'locked')
  if (readText(lock)?.trim() === lockReason(token)) rmSync(onDisk(lock), { force: true })
  dropCreation(commonDir, token)
  return { kind: 'finished', differing }
}

/**
 * Puts right what a killed `wt` left half-way while adding worktrees. Only what its own record names is touched, and only
 * when its owner is gone and its git too. Usually there is nothing, and looking costs one directory.
 */
export const recoverCreations = async (commonDir: AbsolutePath, writer: GitWriter): Promise<readonly Recovered[]> => {
  const recovered: Recovered[] = []
  for (const record of creationsIn(commonDir)) {
    if (isUnderWay(record)) continue
    const outcome = await recover(commonDir, record, writer)
    const { path, branch, makesBranch } = record
    if (outcome !== undefined) recovered.push({ path, branch, makesBranch, outcome })
  }
  return recovered
}
