import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { decodeBytes } from '../core/bytes.ts'
import { DEFAULT_BRANCH_KEY, type DefaultBranch, defaultBranchFrom, type RemoteAnswer } from '../core/default-branch.ts'
import { type BranchName, branchOf, type RefName } from '../core/ids.ts'
import { primaryRemote } from '../core/project-id.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import { askRemote, rememberDefaultBranch } from './default-branch.ts'
import type { Environment } from './environment.ts'
import type { RepositoryLayout } from './layout.ts'
import { kindOf, onDisk } from './paths.ts'
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
  const file = silenceFile(layout)
  return kindOf(file) === 'file' && Date.now() - statSync(onDisk(file)).mtimeMs < SILENCE
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

/** What stands in HEAD where refs are kept in a reftable, and HEAD with them. */
const ELSEWHERE = 'refs/heads/.invalid'

/** The branch that the repository's own HEAD names, unborn or not. Asked for only where it could matter. */
const ownBranch = async ({ layout, settings, git }: Repository): Promise<BranchName | undefined> => {
  const head = headOf(layout.commonDir)
  if (head !== ELSEWHERE || settings.get(DEFAULT_BRANCH_KEY))
    return head === undefined ? undefined : branchOf(head as RefName)
  const args = ['symbolic-ref', '-q', 'HEAD']
  const { stdout } = await git.read(args, { cwd: layout.commonDir, answers: [0, 1, 128] })
  return branchOf(decodeBytes(stdout).trimEnd() as RefName)
}

/** Finds the default branch, asking the remote only where nothing local says it, and keeps what was found. */
export const findDefaultBranch = async (
  repository: Repository,
  refs: RefSnapshot,
  search: Search,
): Promise<DefaultBranch> => {
  const { settings, layout, registrations } = repository
  const remote = primaryRemote(settings)?.name
  const bare = registrations.every(({ id }) => id !== undefined)
  const input = {
    settings,
    refs,
    remote,
    head: await ownBranch(repository),
    bareRoot: bare && layout.top === undefined,
  }
  const local = defaultBranchFrom(input)
  const found =
    local.kind === 'needs-remote'
      ? defaultBranchFrom({ ...input, answer: await answerOf(repository, local.remote, search) })
      : local
  const keep = found.kind === 'found' && found.remember && search.lookOnly !== true
  if (keep) await rememberDefaultBranch({ commonDir: layout.commonDir, env: search.env, patience: 0 }, found.branch)
  return found
}
