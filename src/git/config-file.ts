import { closeSync, fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { carriesRawBytes, encodeBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import { type ConfigEdit, dropSectionText, editConfigText } from '../core/git-config-text.ts'
import type { AbsolutePath } from '../core/ids.ts'
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

/** The lock file of git's own protocol: made exclusively, filled, renamed onto the file. */
const openLock = async (lock: string, patience: number): Promise<number | 'locked' | 'unwritable'> => {
  const end = performance.now() + patience
  for (;;) {
    try {
      return openSync(onDisk(lock), 'wx', 0o666)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return 'unwritable'
      if (performance.now() >= end) return 'locked'
      await sleep(5 + Math.random() * 20)
    }
  }
}

/** git follows a link and locks what it leads to. */
const realFile = (file: string): string => {
  try {
    return realpathSync.native(onDisk(file), 'utf8')
  } catch {
    return file
  }
}

const rewrite = async (
  { commonDir, patience = PATIENCE }: ConfigHome,
  edit: (text: string) => string | undefined,
): Promise<ConfigWrite> => {
  const file = realFile(join(commonDir, 'config'))
  const lock = `${file}.lock`
  const descriptor = await openLock(lock, patience)
  if (typeof descriptor === 'string') return descriptor
  let [open, placed] = [true, false]
  try {
    const before = readText(file)
    const after = before === undefined ? undefined : edit(before)
    if (before === undefined || after === undefined) return 'unfit'
    if (after === before) return 'written'
    fchmodSync(descriptor, statSync(onDisk(file)).mode & 0o7777)
    const bytes = encodeBytes(after)
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    closeSync(descriptor)
    open = false
    renameSync(onDisk(lock), onDisk(file))
    placed = true
    return 'written'
  } catch {
    return 'unwritable'
  } finally {
    if (open) closeSync(descriptor)
    // Ours until it was renamed; from then on it is somebody else's.
    if (!placed) rmSync(onDisk(lock), { force: true })
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
