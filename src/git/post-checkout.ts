import { join } from 'node:path'
import { WtError } from '../core/errors.ts'
import type { GitValues } from '../core/git-values.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { GitReader } from './git.ts'
import { headOf } from './head-file.ts'
import { readGitFile } from './layout.ts'
import { kindOf } from './paths.ts'
import type { GitWriter } from './writer.ts'

interface HookContext {
  readonly commonDir: AbsolutePath
  readonly settings?: GitValues
  readonly reader: GitReader
  readonly writer: GitWriter
}

/** A hook is a file, or, from git 2.54 on, in the configuration; where it may be anywhere else, git knows. */
const mayHaveHook = ({ commonDir, settings }: HookContext): boolean =>
  settings?.get('core.hookspath') !== undefined ||
  (settings?.keys('hook.').length ?? 0) > 0 ||
  kindOf(join(commonDir, 'hooks', 'post-checkout')) !== undefined

/**
 * Runs git's own hook `post-checkout` as `git worktree add` does: from no commit to the one checked out. What it ends with
 * changes nothing.
 */
export const runPostCheckout = async (context: HookContext, path: AbsolutePath): Promise<void> => {
  if (!mayHaveHook(context)) return
  const gitDir = readGitFile(join(path, '.git'))
  const head = gitDir === undefined ? undefined : headOf(gitDir)
  const { reader, writer } = context
  try {
    const args = ['rev-parse', '--verify', '-q', 'HEAD']
    const oid = head?.startsWith('refs/') ? (await reader.read(args, { cwd: path })).stdout.toString().trim() : head
    if (!oid) return
    const hook = ['hook', 'run', '--ignore-missing', 'post-checkout', '--', '0'.repeat(oid.length), oid, '1']
    await writer.write(hook, { cwd: path, foreground: { heard: true } })
  } catch (error) {
    if (!(error instanceof WtError)) throw error
  }
}
