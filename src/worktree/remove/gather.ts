import type { Obstacle } from '../../core/obstacle.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { holdsWork, isUnreached, submodulesWithWork } from '../../git/leftovers.ts'
import { canonical } from '../../git/paths.ts'
import { readContents, type WorktreeContents } from '../../git/status.ts'
import { isStaged, keepsOf } from '../../git/trash/contents.ts'
import { isHalfRemoved } from '../../git/trash/half-removed.ts'
import { obstacleTo, type Places, readPlaces } from '../../git/trash/ownership.ts'
import type { Look } from '../look.ts'
import type { Contents, WorktreeFacts } from './worktree/plan.ts'

const toContents = (contents: WorktreeContents, checkedAt: number): Contents => ({
  changes: contents.entries.map(({ xy, path }) => ({ xy, path })),
  keeps: keepsOf(contents),
  staged: isStaged(contents),
  checkedAt,
})

/** What forbids the removal now. The main worktree may lie in another one, too. */
const obstacleFor = ({ repository, worktrees }: Look, worktree: Worktree, places: Places): Obstacle | undefined => {
  const { id, gitDir, path, branch, head } = worktree
  if (id === undefined || worktree.prunable !== undefined) return undefined
  const found = obstacleTo(repository.layout.commonDir, { id, gitDir, path, branch, head }, places)
  if (found !== undefined) return found
  const main = worktrees.worktrees.find((each) => each.id === undefined)
  const holdsMain = main !== undefined && canonical(main.path).startsWith(`${canonical(path)}/`)
  return holdsMain ? { kind: 'holds', path: main.path } : undefined
}

/** What is known of a worktree, or why it can't be known. */
export type Gathered =
  | { readonly kind: 'facts'; readonly facts: WorktreeFacts }
  | { readonly kind: 'failed'; readonly error: unknown }

const factsOf = async (
  look: Look,
  { worktree, obstacle }: { readonly worktree: Worktree; readonly obstacle: Obstacle | undefined },
  asked: Promise<Contents> | undefined,
): Promise<WorktreeFacts> => {
  const { repository, refs } = look
  const { git, layout } = repository
  const { id, head, detached, path, prunable } = worktree
  const stale = prunable !== undefined
  const [contents, work, submodules, unreached] = await Promise.all([
    asked,
    stale ? holdsWork(git, worktree) : false,
    asked === undefined ? [] : submodulesWithWork(git, worktree),
    detached && head !== undefined ? isUnreached(git, refs, layout.commonDir, head) : false,
  ])
  const halfRemoved = stale && id !== undefined && isHalfRemoved(layout.commonDir, id, path)
  return { worktree, obstacle, contents, holdsWork: work, halfRemoved, submodules, unreached }
}

/**
 * Everything that decides whether worktrees may go, as of now. One git status for each answers both questions: whether it
 * is clean, and what git ignores in it. Those that may not go anyway are not asked.
 */
export const gatherWorktrees = async (look: Look, worktrees: readonly Worktree[]): Promise<readonly Gathered[]> => {
  const places = readPlaces(look.repository.layout.commonDir)
  const subjects = worktrees.map((worktree) => ({ worktree, obstacle: obstacleFor(look, worktree, places) }))
  const wanted = subjects.filter(
    ({ worktree, obstacle }) =>
      obstacle === undefined &&
      worktree.id !== undefined &&
      worktree.locked === undefined &&
      worktree.prunable === undefined &&
      worktree.broken === undefined,
  )
  const checkedAt = Date.now()
  const answers = readContents(
    look.repository.git,
    wanted.map(({ worktree }) => worktree.path),
  )
  for (const answer of answers) answer.catch(() => undefined)
  return Promise.all(
    subjects.map(async (subject): Promise<Gathered> => {
      const answer = answers[wanted.indexOf(subject)]
      const asked = answer?.then((contents) => toContents(contents, checkedAt))
      try {
        return { kind: 'facts', facts: await factsOf(look, subject, asked) }
      } catch (error) {
        return { kind: 'failed', error }
      }
    }),
  )
}
