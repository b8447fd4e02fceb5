import { projectExample, userExample } from '../../core/config-example.ts'
import { WtError } from '../../core/errors.ts'
import { locate } from '../../git/layout.ts'
import { kindOf } from '../../git/paths.ts'
import { projectConfigPath, userConfigPath } from '../../host/config-places.ts'
import { createFile, danglingLink } from '../../host/new-file.ts'
import { type LookPorts, lookAt } from '../../worktree/look.ts'
import type { Note } from '../state/result.ts'

/** Which file is made, and whether it really is. */
export interface CreateOptions {
  readonly project: boolean
  readonly dryRun: boolean
}

const noPlace = (message: string, hint: string): WtError => new WtError('CONFIG_UNWRITABLE', message, { hint })

/** The user's file. Throws CONFIG_UNWRITABLE where no place for it is known. */
export const userFile = ({ env, cwd, home, configPath }: LookPorts): string => {
  const path = userConfigPath({ env, cwd, homeDir: home, configPath })
  if (path !== undefined) return path
  throw noPlace('there is no place for a user configuration', 'set HOME, or name a file with --config')
}

/** At the root of a bare repository it is the worktree of the default branch, as where the file is read from. */
const projectRoot = async (ports: LookPorts): Promise<string | undefined> => {
  const { top } = locate(ports.cwd, ports.env)
  if (top !== undefined) return top
  const { defaultBranch, worktrees } = await lookAt(ports, { lookOnly: true })
  if (!worktrees.bare || defaultBranch === undefined) return undefined
  return worktrees.worktrees.find(({ branch, prunable }) => branch === defaultBranch && prunable === undefined)?.path
}

const projectFile = async (ports: LookPorts): Promise<string> => {
  const { env } = ports
  const top = await projectRoot(ports)
  const place = projectConfigPath(env, top)
  if (place !== undefined && 'path' in place) return place.path
  throw noPlace(
    place === undefined && top !== undefined ? 'WT_PROJECT_CONFIG_PATH turns it off' : 'there is no worktree here',
    'a project’s file belongs in a worktree: go to one',
  )
}

/**
 * Makes a file of configuration in which everything is explained and nothing is set. One that is there stays as it is.
 * Throws CONFIG_UNWRITABLE, and NOT_A_REPOSITORY for a project's outside of one.
 */
export const createConfig = async (ports: LookPorts, { project, dryRun }: CreateOptions): Promise<readonly Note[]> => {
  const path = project ? await projectFile(ports) : userFile(ports)
  const there = kindOf(path) !== undefined
  if (dryRun && !there && danglingLink(path) === undefined) return [{ kind: 'info', text: `would make ${path}` }]
  if (there || createFile(path, project ? projectExample() : userExample()) === 'exists') {
    return [
      { kind: 'info', text: `${path} is there already and stays as it is` },
      { kind: 'hint', text: 'to see what is in force: wt config show' },
    ]
  }
  return [
    { kind: 'success', text: `made ${path}` },
    { kind: 'hint', text: 'it sets nothing yet: every line is a comment' },
  ]
}
