import { DEFAULT_PATH } from '../../core/config-read.ts'
import { editConfig } from '../../git/config-file.ts'
import { rememberPrevious } from '../../git/previous.ts'
import type { Look } from '../look.ts'
import type { SwitchOptions, SwitchPorts } from './options.ts'
import type { Note } from './result.ts'

const PATH_HINT = 'wt.hints.worktree-path'

/** Remembers where a switch came from. */
export const remember = async ({ current, repository }: Look, { env, recovered }: SwitchPorts): Promise<void> => {
  if (recovered || current === undefined) return
  await rememberPrevious({ commonDir: repository.layout.commonDir, env }, current)
}

/** Says once in each repository where worktrees are put. */
export const pathHint = async (
  { repository, config }: Look,
  { create, path }: SwitchOptions,
  { env }: SwitchPorts,
): Promise<readonly Note[]> => {
  const told = repository.settings.get(PATH_HINT) !== undefined || config.worktreePath !== DEFAULT_PATH
  if (told || !create || path !== undefined) return []
  await editConfig({ commonDir: repository.layout.commonDir, env }, [{ key: PATH_HINT, value: '1' }])
  return [
    {
      kind: 'info',
      text: 'worktrees are put beside the repository',
      hint: 'to put them elsewhere, set worktree-path in the configuration: see wt switch --help',
    },
  ]
}
