import type { AbsolutePath, RepoId } from '../core/ids.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import type { Environment } from './environment.ts'
import type { GitReader } from './git.ts'
import { captureRefs } from './refs.ts'
import { openRepository, type Repository } from './repository.ts'

/** A repository, and its refs on their way. */
export interface OpenedWithRefs {
  readonly repository: Repository
  /** Begins to read them, unless that was begun while git's configuration was asked for. */
  readonly readRefs: () => Promise<RefSnapshot>
  /** What git complained of while it read refs; complete once they are here. */
  readonly complaints: readonly string[]
}

/**
 * Opens the repository around a directory. Its refs do not depend on its configuration: where git has to be asked for
 * that, they are asked for at the same time. Throws what `openRepository` throws.
 */
export const openWithRefs = async (cwd: AbsolutePath, env: Environment): Promise<OpenedWithRefs> => {
  const complaints: string[] = []
  let begun: Promise<RefSnapshot> | undefined
  const begin = (git: GitReader, id: RepoId): Promise<RefSnapshot> => {
    const reading = captureRefs(git, id, undefined, (complaint) => void complaints.push(`git: ${complaint}`))
    // Someone waits for it later; until then a failure must not count as unheard.
    reading.catch(() => undefined)
    return reading
  }
  const repository = await openRepository(cwd, env, (git, id) => {
    begun = begin(git, id)
  })
  return { repository, complaints, readRefs: () => begun ?? begin(repository.git, repository.id) }
}
