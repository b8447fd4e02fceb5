/** A task may add others. */
export type Task = (add: (task: Task) => void) => Promise<void>

/**
 * Runs tasks, at most `width` at a time, the youngest first: so a tree is walked into its depth, and no more of it is in
 * memory than one way down. Rejects with the first failure, once what has begun is done; nothing more begins then.
 */
export const runTasks = (tasks: readonly Task[], width: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const waiting = [...tasks].reverse()
    let active = 0
    let failure: { readonly error: unknown } | undefined
    const add = (task: Task): void => void waiting.push(task)
    const next = (): void => {
      while (failure === undefined && active < width) {
        const task = waiting.pop()
        if (task === undefined) break
        active += 1
        task(add)
          .catch((error: unknown) => {
            failure ??= { error }
          })
          .finally(() => {
            active -= 1
            next()
          })
      }
      if (active > 0) return
      if (failure === undefined) resolve()
      else reject(failure.error)
    }
    next()
  })
