import { basename } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import { primaryRemote, projectIdOf } from '../../core/project-id.ts'
import type { Look } from '../look.ts'
import type { Destination } from './destination.ts'
import { templatedPath } from './place.ts'
import type { Note } from './result.ts'

const ASKED = 'wt.hints.skip-bare-repo-prompt'

/** The variable `repo` in a template; `repo_path` is another one. */
const NAMES_REPO = /\{[{%][^}]*\brepo\b/

/** A TOML key in quotes. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/**
 * A bare repository in a hidden directory, such as `.git` or `.bare`, gives every worktree a hidden name where the template
 * uses the repository's: what is told of that, and the setting that puts an end to it.
 */
export const bareNotes = async (
  look: Look,
  destination: Destination,
  home: AbsolutePath | undefined,
): Promise<readonly Note[]> => {
  const { repository, worktrees, config } = look
  const { root, settings } = repository
  const branch = destination.kind === 'branch' ? destination.branch : destination.worktree.branch
  const concerned = worktrees.bare && basename(root).startsWith('.') && NAMES_REPO.test(config.worktreePath)
  if (!concerned || branch === undefined || settings.get(ASKED) !== undefined) return []
  const path = await templatedPath(look, branch, home)
  if (typeof path !== 'string') return []
  const id = projectIdOf(primaryRemote(settings)?.url, root)
  const snippet = `[projects.${quoted(id)}]\nworktree-path = "{{ repo_path }}/../{{ branch | sanitize }}"`
  return [
    {
      kind: 'warning',
      text: `worktrees of this bare repository get names that begin with its own: ${path}`,
      hint: `to put them beside it by their branch, add to the user configuration:\n${snippet}`,
    },
  ]
}
