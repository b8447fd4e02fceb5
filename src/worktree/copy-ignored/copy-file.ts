import { constants, type Stats } from 'node:fs'
import {
  chmod,
  copyFile,
  link,
  lstat,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { onDisk } from '../../git/paths.ts'
import { beginDraft, endDraft } from '../../host/drafts.ts'

type Path = string | Buffer

/** How a file came to its place; `kept`: there was something already. */
export type Placed = 'reflinked' | 'written' | 'linked' | 'kept'

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

/** Devices on which storage can't be shared, found out by the first file. */
const withoutReflink = new Set<number>()

/** A failure to share storage that says nothing of the file: a byte copy may still do. */
const UNSHARED: ReadonlySet<string> = new Set([
  'EACCES',
  'EINVAL',
  'EIO',
  'ENOSYS',
  'ENOTSUP',
  'ENOTTY',
  'EOPNOTSUPP',
  'EPERM',
  'ETXTBSY',
  'EXDEV',
])

const shareStorage = async (from: Path, draft: Path, { dev }: Stats): Promise<boolean> => {
  if (withoutReflink.has(dev)) return false
  try {
    await copyFile(from, draft, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch (error) {
    if (!UNSHARED.has(codeOf(error))) throw error
    withoutReflink.add(dev)
    await rm(draft, { force: true })
    return false
  }
}

/** Some sandboxes deny the calls by which the kernel copies. */
const copyBytes = async (from: Path, draft: Path, { mode }: Stats): Promise<void> => {
  try {
    await copyFile(from, draft, constants.COPYFILE_EXCL)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error
    await rm(draft, { force: true })
    await writeFile(draft, await readFile(from), { flag: 'wx', mode: 0o600 })
    await chmod(draft, mode & 0o7777)
  }
}

/** Gives a draft its name, unless something has it. Where there are no hard links, a glance before has to do. */
const nameNew = async (draft: Path, to: Path): Promise<boolean> => {
  try {
    await link(draft, to)
    await rm(draft, { force: true })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(codeOf(error))) throw error
    if (await lstat(to).then(Boolean, () => false)) return false
    await rename(draft, to)
    return true
  }
}

let drafts = 0

/** Makes something under another name beside its place, then names it: nothing that is half written is ever found. */
const place = async <Made>(
  directory: string,
  name: string,
  overwrite: boolean,
  make: (draft: Path) => Promise<Made>,
): Promise<Made | 'kept'> => {
  const draft = onDisk(join(directory, `.wt-${process.pid}-${drafts++}.tmp`))
  const to = onDisk(join(directory, name))
  beginDraft(draft)
  try {
    const made = await make(draft)
    if (overwrite) await rename(draft, to)
    else if (!(await nameNew(draft, to))) return 'kept'
    return made
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
    endDraft(draft)
  }
}

export interface CopyFileOptions {
  /** The source, which must not be a directory. */
  readonly from: string
  readonly stats: Stats
  /** Where it goes: a directory that is there, and a name in it. */
  readonly directory: string
  readonly name: string
  /** Replace what is there. Otherwise it is kept. */
  readonly overwrite: boolean
}

/** Copies a regular file with its mode and its time of change, or a link as a link. Throws what the file system throws. */
export const copyOne = async ({ from, stats, directory, name, overwrite }: CopyFileOptions): Promise<Placed> => {
  const source = onDisk(from)
  if (stats.isSymbolicLink()) {
    const target = await readlink(source, { encoding: 'buffer' })
    return await place(directory, name, overwrite, async (draft) => {
      await symlink(target, draft)
      return 'linked' as const
    })
  }
  return await place(directory, name, overwrite, async (draft) => {
    const shared = await shareStorage(source, draft, stats)
    if (!shared) await copyBytes(source, draft, stats)
    await utimes(draft, stats.atimeMs / 1000, stats.mtimeMs / 1000)
    return shared ? ('reflinked' as const) : ('written' as const)
  })
}
