import type { ObjectId } from '../../core/ids.ts'
import { readCarriable, readClashes } from '../../git/working/read-carry.ts'
import type { Look } from '../look.ts'
import type { CarryFacts } from './plan.ts'

const refused = (why: string, hint: string): CarryFacts => ({ kind: 'refused', why, hint })

const few = (paths: readonly string[]): string => `${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''}`

/** What of the current worktree can go along to a new one that starts at `start`, or why it can't. */
export const gatherCarry = async ({ current, repository }: Look, start: ObjectId | undefined): Promise<CarryFacts> => {
  if (current === undefined) return refused('there is no worktree here to carry changes from', 'leave --carry out')
  const { path, head, operation, broken, prunable } = current
  if (broken !== undefined || prunable !== undefined) {
    return refused(`the changes in ${path} can’t be read`, 'see what is wrong with it: wt list')
  }
  if (head === undefined || start === undefined) {
    return refused('there is no commit that the changes are against', 'commit first')
  }
  if (operation !== undefined) {
    return refused(
      `a ${operation} is open in ${path}`,
      `finish it or call it off: git ${operation} ${operation === 'bisect' ? 'reset' : '--abort'}`,
    )
  }
  const { paths, staged, obstacle } = await readCarriable(repository.git, path)
  if (obstacle !== undefined) {
    return refused(
      `${obstacle.path} can’t be carried along: ${obstacle.what}`,
      'commit or stash it, or leave --carry out',
    )
  }
  const clashes = await readClashes(repository.git, [head, start], paths)
  if (clashes.length > 0) {
    const hint = 'start from where you are: --base @, or leave --carry out'
    return refused(`the new branch starts with other versions of what is changed here: ${few(clashes)}`, hint)
  }
  return { kind: 'changes', from: path, paths, staged }
}
