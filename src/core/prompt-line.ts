import type { AbsolutePath, RefName } from './ids.ts'

/** What the line of a worktree in a shell's prompt hangs on. */
export interface PromptPlace {
  /** The worktree's own git directory: the line is kept there. */
  readonly gitDir: AbsolutePath
  /** What HEAD held when the line was made: a ref's name or an id. */
  readonly head: string
  /** The refs whose move makes the line old, beside what lies in the git directory. */
  readonly refs: readonly RefName[]
}

/** A line for a shell's prompt, made when it is wanted. */
export interface PromptLine {
  readonly place: PromptPlace
  /** Without a line break, colours as SGR sequences; everything else in it is printable. */
  readonly text: () => string
}

/** Around the numbers of an SGR sequence: each shell has its own way to say that a sequence takes no room. */
const [BEGIN, END] = ['\x1e', '\x1d']

/** Between the fields of a kept line. */
const FIELD = '\x1f'

const SGR = /\x1b\[([0-9;]*)m/g

/** The kept form: the text of HEAD, when the look began (milliseconds since 1970), the refs, the line. One line. */
export const keptLine = (head: string, began: number, refs: readonly string[], text: string): string =>
  `${[head, (began / 1000).toFixed(3), refs.join(' '), text.replace(SGR, `${BEGIN}$1${END}`)].join(FIELD)}\n`
