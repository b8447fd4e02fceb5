import { rmSync } from 'node:fs'

const open = new Set<string | Buffer>()

/** Notes a file that is being written under another name than it will have, so that a dying process takes it along. */
export const beginDraft = (path: string | Buffer): void => {
  open.add(path)
}

/** The draft has its name, or is gone. */
export const endDraft = (path: string | Buffer): void => {
  open.delete(path)
}

/** Removes what is half written. For a `wt` that is about to die. */
export const removeDrafts = (): void => {
  for (const path of open) rmSync(path, { force: true })
  open.clear()
}
