import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { encodeBytes } from '../../core/bytes.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import { parseObjectId } from '../../core/ids.ts'
import { uniqueName } from '../../core/unique-name.ts'
import { headOf } from '../head-file.ts'
import { kindOf, namesIn, onDisk } from '../paths.ts'
import type { GitWriter } from '../writer.ts'
import { NO_HOUSEKEEPING } from './worktree-edits.ts'

/** The commit that takes the place of several, and the index that belongs to it. */
export interface BuiltSquash {
  readonly commit: ObjectId
  readonly tree: ObjectId
  /** The index as git's hooks left it. Gone after `close`. */
  readonly index: string
  /** Removes what was needed for building. */
  readonly close: () => void
}

export interface SquashRequest {
  readonly commonDir: AbsolutePath
  readonly worktree: AbsolutePath
  /** The worktree's own git directory. */
  readonly gitDir: AbsolutePath
  readonly base: ObjectId
  readonly message: string
  /** HEAD can't be written as a file. */
  readonly reftable: boolean
}

/** Milliseconds after which a directory that a killed run left behind is swept away. */
const STALE = 86_400_000

const sweep = (staging: string): void => {
  for (const name of namesIn(staging).filter((each) => each.startsWith('squash-'))) {
    const stats = statSync(onDisk(join(staging, name)), { throwIfNoEntry: false })
    if (stats !== undefined && Date.now() - stats.mtimeMs > STALE) {
      rmSync(onDisk(join(staging, name)), { recursive: true, force: true })
    }
  }
}

/** What a worktree has of its own that decides how git commits there; with times, which say what may have changed. */
const copyFrom = (gitDir: string, directory: string): void => {
  const names = namesIn(gitDir).filter((name) => name.startsWith('sharedindex.'))
  for (const name of [...names, 'index', 'config.worktree', 'info/sparse-checkout']) {
    const [from, to] = [join(gitDir, name), join(directory, name)]
    if (kindOf(from) !== 'file') continue
    copyFileSync(onDisk(from), onDisk(to))
    const { atimeMs, mtimeMs } = statSync(onDisk(from))
    // Whole seconds, rounded down: a file of the same second must not look older than the index.
    utimesSync(onDisk(to), Math.floor(atimeMs / 1000), Math.floor(mtimeMs / 1000))
  }
}

/** The tree of a commit that was just made, from its loose object; undefined where it is not one. */
const looseTree = (commonDir: string, commit: ObjectId): ObjectId | undefined => {
  try {
    const object = inflateSync(readFileSync(onDisk(join(commonDir, 'objects', commit.slice(0, 2), commit.slice(2)))))
    return parseObjectId(/\0tree ([0-9a-f]+)\n/.exec(object.subarray(0, 200).toString('latin1'))?.[1] ?? '')
  } catch {
    return undefined
  }
}

const answerOf = async (writer: GitWriter, args: readonly string[], env: Record<string, string>): Promise<ObjectId> =>
  parseObjectId((await writer.write(args, { env })).stdout.toString().trim())

/**
 * Builds a squash commit with `git commit`, hooks, signature and all, in a git directory of its own whose HEAD stands
 * detached on the merge base and whose index is a copy. Branch, HEAD and index of the worktree stay as they are, so
 * whatever stops this leaves nothing behind. See decision 0016. Throws GIT_FAILED.
 */
export const buildSquash = async (writer: GitWriter, request: SquashRequest): Promise<BuiltSquash> => {
  const { commonDir, worktree, gitDir, base, message, reftable } = request
  const staging = join(commonDir, 'wt', 'staging')
  sweep(staging)
  const directory = join(staging, `squash-${process.pid}-${uniqueName()}`)
  const close = (): void => rmSync(onDisk(directory), { recursive: true, force: true })
  const env = { GIT_DIR: directory, GIT_WORK_TREE: '.' }
  try {
    mkdirSync(onDisk(join(directory, 'info')), { recursive: true })
    writeFileSync(onDisk(join(directory, 'commondir')), '../../..\n')
    writeFileSync(onDisk(join(directory, 'gitdir')), encodeBytes(`${join(worktree, '.git')}\n`))
    copyFrom(gitDir, directory)
    writeFileSync(onDisk(join(directory, 'HEAD')), reftable ? 'ref: refs/heads/.invalid\n' : `${base}\n`)
    if (reftable) {
      mkdirSync(onDisk(join(directory, 'reftable')))
      await writer.write(['update-ref', '--no-deref', 'HEAD', base], { env, cwd: worktree })
    }
    const pins = ['-c', 'core.splitIndex=false', '-c', 'core.fsmonitor=false']
    const commit = [...NO_HOUSEKEEPING, ...pins, 'commit', '--quiet', '--allow-empty', '--file=-']
    await writer.write(commit, { env, cwd: worktree, input: message })
    const head = reftable ? undefined : headOf(directory)
    const made = head === undefined ? await answerOf(writer, ['rev-parse', 'HEAD'], env) : parseObjectId(head)
    const tree = looseTree(commonDir, made) ?? (await answerOf(writer, ['rev-parse', `${made}^{tree}`], env))
    return { commit: made, tree, index: join(directory, 'index'), close }
  } catch (error) {
    close()
    throw error
  }
}
