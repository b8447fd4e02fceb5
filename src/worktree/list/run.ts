import type { Worktree } from '../../core/worktrees.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import { endAll } from '../../git/process.ts'
import type { WorktreeStatus } from '../../git/status.ts'
import type { LookPorts } from '../look.ts'
import { openCells, resultOf } from './assemble.ts'
import { type Board, openBoard } from './board.ts'
import { countChanges } from './count-changes.ts'
import { gatherFacts } from './gather.ts'
import { type ListOptions, lookAround } from './look.ts'
import { type ListResult, REVEAL_AFTER } from './result.ts'
import { tryUncommitted } from './try-uncommitted.ts'
import type { FileSources } from './working-tree.ts'

/** The longest that a list takes, whatever hangs. Milliseconds. */
const HARD_LIMIT = 120_000

/** Waits for all tasks, at most `budget` milliseconds; false when they took longer. */
const within = async (tasks: Promise<unknown>, budget: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, budget))
  })
  const finished = await Promise.race([tasks.then(() => true), expired])
  clearTimeout(timer)
  return finished
}

/** A task that fails leaves its cells open and says why; the rest of the list goes on. */
const tolerate = async (board: Board, what: string, task: Promise<void>): Promise<void> => {
  try {
    await task
  } catch (error) {
    board.warnings.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const takeStatus = async (
  board: Board,
  worktree: Worktree,
  status: Promise<WorktreeStatus>,
  sources: FileSources,
  changed: () => void,
): Promise<void> => {
  const found = await status
  board.statuses.set(worktree, found)
  changed()
  await countChanges(board, worktree, found, sources)
  changed()
}

/**
 * Lists worktrees and branches. `onUpdate` is handed the list as it fills, the first time as soon as the rows are known;
 * the answer is the final one, whatever could be had within the budget. Throws only where there is no list at all.
 */
export const runList = async (
  ports: LookPorts,
  options: ListOptions,
  onUpdate: (partial: () => ListResult) => void = () => undefined,
): Promise<ListResult> => {
  const started = ports.now()
  const { basis, statuses, config, warnings } = await lookAround(ports, options)
  const store = openFactStore(basis.repository, basis.refs)
  const board = openBoard(basis, warnings)
  const place = { root: basis.repository.root, home: ports.home }
  const partial = (timedOut = 0): ListResult =>
    resultOf(board, { ...place, now: ports.now(), elapsed: ports.now() - started, timedOut })
  const changed = (): void => onUpdate(partial)
  changed()
  // Cells that are still open begin to look it; nothing else may happen just then.
  const reveal = setTimeout(changed, Math.max(0, started + REVEAL_AFTER - ports.now()) + 1)
  try {
    const files = [...statuses].map(([worktree, status]) =>
      tolerate(board, `status of ${worktree.path}`, takeStatus(board, worktree, status, store, changed)),
    )
    const ids = tolerate(board, 'comparison', gatherFacts(board, store.facts, changed))
    const all = Promise.all([ids, ...files]).then(() =>
      tolerate(board, 'uncommitted changes', tryUncommitted(board, store)),
    )
    const budget = options.full || config.list.timeoutMs === 0 ? HARD_LIMIT : config.list.timeoutMs
    const finished = await within(all, budget - (ports.now() - started))
    if (finished) return partial()
    endAll('SIGKILL')
    if (budget === HARD_LIMIT)
      board.warnings.push('gave up waiting for git after 120 s; open cells show what is missing')
    return partial(openCells(board))
  } finally {
    clearTimeout(reveal)
    store.close()
  }
}
