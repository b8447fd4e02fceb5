import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { carriesRawBytes, encodeBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import { type ConfigEdit, dropSectionText, editConfigText } from '../core/git-config-text.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import { beginConfigWork, type ConfigWork, deadWorkIn, freeDeadLock, holdsLock, linkLock } from './config-work.ts'
import { type Environment, withoutDiscovery } from './environment.ts'
import { onDisk, readText } from './paths.ts'
import { runGit } from './process.ts'

/** Whose configuration is edited. */
export interface ConfigHome {
  readonly commonDir: AbsolutePath
  readonly env: Environment
  /** Milliseconds that another writer is waited for; default 300. */
  readonly patience?: number
}

const PATIENCE = 300

/** What came of an edit. `unfit`: the file is out of the ordinary, and only git should touch it. */
type ConfigWrite = 'written' | 'unfit' | 'locked' | 'unwritable'

/** git follows a link and locks what it leads to. */
const realFile = (file: string): string => {
  try {
    return realpathSync.native(onDisk(file), 'utf8')
  } catch {
    return file
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

/** File systems that know no second name for a file, or on which the configuration lies elsewhere. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'])

/**
 * The lock file of git's own protocol, made exclusively with the whole of the new text in it. How it was made ours;
 * undefined where it is somebody else's. Throws what else the disk throws.
 */
const takeLock = (work: ConfigWork, lock: string): 'linked' | 'copied' | undefined => {
  try {
    try {
      linkLock(work, lock)
      return 'linked'
    } catch (error) {
      if (!NO_LINKS.has(codeOf(error))) throw error
      copyFileSync(onDisk(work.draft), onDisk(lock), constants.COPYFILE_EXCL)
      return 'copied'
    }
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined
    throw error
  }
}

/** One try to put a new text in the place of the one it was made from; false if somebody else was at it. */
const isReplaced = (work: ConfigWork, file: string, before: string, after: string): boolean => {
  const lock = `${file}.lock`
  rmSync(onDisk(work.draft), { force: true })
  writeFileSync(onDisk(work.draft), encodeBytes(after), { flag: 'wx', mode: 0o600 })
  chmodSync(onDisk(work.draft), statSync(onDisk(file)).mode & 0o7777)
  const taken = takeLock(work, lock)
  if (taken === undefined) return false
  const isOurs = (): boolean => taken === 'copied' || holdsLock(work, lock)
  let placed = false
  try {
    if (readText(file) !== before || !isOurs()) return false
    renameSync(onDisk(lock), onDisk(file))
    placed = true
    return true
  } finally {
    // Ours until it was renamed; from then on it is somebody else's.
    if (!placed && isOurs()) rmSync(onDisk(lock), { force: true })
  }
}

const rewrite = async (
  { commonDir, patience = PATIENCE }: ConfigHome,
  edit: (text: string) => string | undefined,
): Promise<ConfigWrite> => {
  const end = performance.now() + patience
  let work: ConfigWork | undefined
  try {
    const file = realFile(join(commonDir, 'config'))
    for (;;) {
      const before = readText(file)
      const after = before === undefined ? undefined : edit(before)
      if (before === undefined || after === undefined) return 'unfit'
      if (after === before) return 'written'
      work ??= beginConfigWork(commonDir)
      if (existsSync(onDisk(`${file}.lock`))) freeDeadLock(commonDir, `${file}.lock`, deadWorkIn(commonDir))
      if (isReplaced(work, file, before, after)) return 'written'
      if (performance.now() >= end) return 'locked'
      await sleep(5 + Math.random() * 20)
    }
  } catch {
    return 'unwritable'
  } finally {
    work?.end()
  }
}

/** Milliseconds for git to do it instead. */
const BOUND = 10_000

const askGit = async ({ commonDir, env }: ConfigHome, words: readonly string[]): Promise<boolean> => {
  // An argument can't hold bytes that are not UTF-8.
  if (words.some(carriesRawBytes)) return false
  try {
    const args = ['--git-dir=.', 'config', '--local', ...words]
    const { code } = await runGit(args, { cwd: commonDir, env: withoutDiscovery(env), timeout: BOUND })
    return code === 0
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    return false
  }
}

/**
 * Edits the repository's own configuration as `git config --local` would, under git's own lock. It takes no process,
 * because what `wt` keeps there is written at every switch; a file that is out of the ordinary is left to git. Whether
 * it could be written (not read-only, not locked) is the answer; nothing is thrown.
 */
export const editConfig = async (home: ConfigHome, edits: readonly ConfigEdit[]): Promise<boolean> => {
  const done = await rewrite(home, (text) => editConfigText(text, edits))
  if (done !== 'unfit') return done === 'written'
  const answers: boolean[] = []
  for (const { key, value } of edits) {
    answers.push(await askGit(home, value === undefined ? ['--unset-all', key] : ['--replace-all', key, value]))
  }
  return answers.every(Boolean)
}

/** Drops a section of the repository's own configuration, such as `branch.<name>`; as `editConfig` does. */
export const dropConfigSection = async (home: ConfigHome, section: string, subsection: string): Promise<boolean> => {
  const done = await rewrite(home, (text) => dropSectionText(text, section, subsection))
  return done === 'unfit' ? await askGit(home, ['--remove-section', `${section}.${subsection}`]) : done === 'written'
}

const finish = async (home: ConfigHome, refs: RefSnapshot): Promise<void> => {
  const { commonDir } = home
  const dead = deadWorkIn(commonDir)
  if (dead.length === 0) return
  freeDeadLock(commonDir, `${realFile(join(commonDir, 'config'))}.lock`, dead)
  for (const { forgets, end } of dead.filter((work) => work.forgets.length > 0)) {
    const gone = forgets.filter((branch) => refs.tip(branch) === undefined)
    const dropped: boolean[] = []
    for (const branch of gone) dropped.push(await dropConfigSection(home, 'branch', branch))
    if (dropped.every(Boolean)) end()
  }
}

/**
 * Finishes what a `wt` that was killed has left of the configuration: frees its lock, and drops the sections of branches
 * that it had deleted. One directory is looked into where there is nothing of the kind. Where it can't be done now, as in
 * a repository that may only be read, a later command does it: nothing is thrown.
 */
export const finishConfigWork = async (home: ConfigHome, refs: RefSnapshot): Promise<void> => {
  try {
    await finish(home, refs)
  } catch {
    // It is on record.
  }
}
