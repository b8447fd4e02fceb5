import type { AbsolutePath } from '../core/ids.ts'
import { type LaneOptions, startLanes } from './lanes.ts'
import { supervise } from './process.ts'

interface ManyOptions extends LaneOptions {
  readonly directories: readonly AbsolutePath[]
  /** Milliseconds until everything is ended. */
  readonly timeout: number
  /** Asks in one directory, by a process of its own that can say what went wrong. */
  readonly alone: (directory: AbsolutePath) => Promise<Buffer>
}

/** Asks in all directories, in lanes where that pays. What fails in a lane, or is lost with it, is asked again alone. */
export const readInLanes = (options: ManyOptions): readonly Promise<Buffer>[] => {
  const { directories, timeout, alone } = options
  const open = new Map<number, (answer: Buffer | Promise<Buffer>) => void>()
  const answers = directories.map((_, index) => new Promise<Buffer>((resolve) => open.set(index, resolve)))
  const settle = (index: number, answer: Buffer | Promise<Buffer>): void => {
    open.get(index)?.(answer)
    open.delete(index)
  }
  const askAgain = (index: number): void => {
    const directory = directories[index]
    if (directory !== undefined) settle(index, alone(directory))
  }
  const child = startLanes(options, (index, { code, stdout }) => {
    if (code === 0) settle(index, stdout)
    else askAgain(index)
  })
  const rest = (): void => [...open.keys()].forEach(askAgain)
  if (child === undefined) rest()
  else {
    supervise(child, timeout)
    child.once('error', rest).once('close', rest)
  }
  return answers
}
