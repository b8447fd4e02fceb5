import type { Stream } from './terminal.ts'

/** Milliseconds between two paintings: more often would only flicker. */
const PACE = 40

/** Repaints a block of lines in place. */
export interface Painter {
  /** Shows the lines that `draw` gives, now or, if something was shown just now, a little later. */
  paint(draw: () => readonly string[]): void
  /** Takes the block away, so that what is written next stands in its place. */
  clear(): void
}

/** Moves to the first line of the block and clears from there to the end of the screen. */
const erase = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\u001b[J`)

/** A painter for a terminal. Each line that it is given must fit the terminal's width, all of them its height. */
export const openPainter = (stream: Stream): Painter => {
  let shown = 0
  let pending: (() => readonly string[]) | undefined
  let timer: NodeJS.Timeout | undefined
  const show = (): void => {
    const lines = pending?.() ?? []
    pending = undefined
    stream.write(erase(shown) + lines.map((line) => `${line}\n`).join(''))
    shown = lines.length
    timer = setTimeout(() => {
      timer = undefined
      if (pending !== undefined) show()
    }, PACE)
  }
  return {
    paint: (draw) => {
      pending = draw
      if (timer === undefined) show()
    },
    clear: () => {
      clearTimeout(timer)
      timer = undefined
      pending = undefined
      stream.write(erase(shown))
      shown = 0
    },
  }
}
