import { openPainter } from '../host/painter.ts'
import { renderProgress } from '../render/progress.ts'
import type { Output } from './context.ts'

/** Milliseconds between two looks at the clock's hands. */
const PACE = 100

/** A line that says how far a deletion is, on a terminal only, and only once it takes a while. */
export const openProgress = (
  err: Output,
): { readonly show: (files: number, bytes: number) => void; readonly end: () => void } => {
  if (!err.terminal) return { show: () => undefined, end: () => undefined }
  const painter = openPainter(err)
  let last: number | undefined
  return {
    show: (files, bytes) => {
      const now = performance.now()
      last ??= now
      if (now - last < PACE) return
      last = now
      // Nothing else runs meanwhile, so the painter can't wait for its own turn.
      painter.clear()
      painter.paint(() => [renderProgress(files, bytes, err.style)])
    },
    end: () => painter.clear(),
  }
}
