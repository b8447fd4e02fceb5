import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Parents by process, from /proc where there is one. */
const fromProc = (): ReadonlyMap<number, number> | undefined => {
  const parents = new Map<number, number>()
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      try {
        // The name of the program stands in parentheses and may hold anything; the parent is the second word behind it.
        const [, , parent] =
          readFileSync(`/proc/${name}/stat`, 'latin1')
            .split(/\)(?=[^)]*$)/)[1]
            ?.split(' ') ?? []
        parents.set(Number(name), Number(parent))
      } catch {
        // It has ended meanwhile.
      }
    }
  } catch {
    return undefined
  }
  return parents.size > 0 ? parents : undefined
}

const fromPs = (): ReadonlyMap<number, number> => {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = (stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  return new Map(rows.flatMap(([pid, parent]) => (pid && parent !== undefined ? [[pid, parent] as const] : [])))
}

/** The processes that these have started, and those that they have, and so on; without themselves. */
export const descendantsOf = (pids: readonly number[]): readonly number[] => {
  const parents = fromProc() ?? fromPs()
  const found = new Set(pids)
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid)
  }
  return [...found].filter((pid) => !pids.includes(pid))
}
