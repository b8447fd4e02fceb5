import { basename, dirname, join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'

/** Where removed worktrees wait for their deletion, each as `<registration id>-<epoch seconds>`. */
export const trashDirectory = (commonDir: AbsolutePath): AbsolutePath => join(commonDir, 'wt', 'trash') as AbsolutePath

/** Where that stays which git could not give back; the names are those of the trash. */
export const keptDirectory = (commonDir: AbsolutePath): AbsolutePath => join(commonDir, 'wt', 'kept') as AbsolutePath

/** How long it stays there. Milliseconds. */
export const KEPT_FOR = 30 * 24 * 3_600_000

/** Whether a name in the trash is one that a removal has given. Others are left alone. */
export const isStagedName = (name: string): boolean => /.-\d+$/.test(name)

/** Where a worktree waits that can't be moved into the trash, as it lies on another file system: beside its old place. */
export const besideOf = (path: AbsolutePath, name: string): AbsolutePath =>
  join(dirname(path), `.${basename(path)}.wt-trash.${name}`) as AbsolutePath
