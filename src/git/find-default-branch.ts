import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type DefaultBranch, defaultBranchFrom, type RemoteAnswer } from '../core/default-branch.ts'
import { branchOf, type RefName } from '../core/ids.ts'
import { primaryRemote } from '../core/project-id.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import { askRemote, rememberDefaultBranch } from './default-branch.ts'
import type { Environment } from './environment.ts'
import type { RepositoryLayout } from './layout.ts'
import { onDisk } from './paths.ts'
import { headOf } from './registry.ts'
import type { Repository } from './repository.ts'

/** A remote that gave no answer in time is left alone for this long. Milliseconds. */
const SILENCE = 3_600_000

interface Search {
  readonly env: Environment
  /** Only look: ask nobody, and keep nothing. */
  readonly lookOnly?: boolean
}

const silenceFile = (layout: RepositoryLayout): string => join(layout.commonDir, 'wt', 'cache', 'remote-silent')

const isSilent = (layout: RepositoryLayout): boolean => {
  const since = statSync(onDisk(silenceFile(layout)), { throwIfNoEntry: false })?.mtimeMs
  return since !== undefined && Date.now() - since < SILENCE
}

const noteSilence = (layout: RepositoryLayout): void => {
  try {
    mkdirSync(onDisk(dirname(silenceFile(layout))), { recursive: true })
    writeFileSync(onDisk(silenceFile(layout)), '')
  } catch {
    // Then the next run waits again.
  }
}

/** Asks the remote, unless it may not be asked or has kept silent lately; nobody should wait for it time and again. */
const answerOf = async (repository: Repository, remote: string, search: Search): Promise<RemoteAnswer> => {
  const { layout, git } = repository
  if (search.lookOnly === true || isSilent(layout)) return { kind: 'none', timedOut: true }
  const answer = await askRemote({ cwd: git.cwd, env: search.env, remote })
  if (answer.kind === 'none' && answer.timedOut) noteSilence(layout)
  return answer
}

/** Finds the default branch, asking the remote only where nothing local says it, and keeps what was found. */
export const findDefaultBranch = async (
  repository: Repository,
  refs: RefSnapshot,
  search: Search,
): Promise<DefaultBranch> => {
  const { settings, layout, registrations, git } = repository
  const remote = primaryRemote(settings)?.name
  const bare = registrations.every(({ id }) => id !== undefined)
  const ownHead = headOf(layout.commonDir)
  const input = {
    settings,
    refs,
    remote,
    head: ownHead === undefined ? undefined : branchOf(ownHead as RefName),
    bareRoot: bare && layout.top === undefined,
  }
  const local = defaultBranchFrom(input)
  const found =
    local.kind === 'needs-remote'
      ? defaultBranchFrom({ ...input, answer: await answerOf(repository, local.remote, search) })
      : local
  const keep = found.kind === 'found' && found.remember && search.lookOnly !== true
  if (keep) await rememberDefaultBranch(git.cwd, search.env, found.branch)
  return found
}
