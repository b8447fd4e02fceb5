import { Chalk } from 'chalk'

/** Gives text a colour, or leaves it as it is. */
export type Paint = (text: string) => string

/** The colours of one stream. Whether there are any is decided once, outside; nothing here looks at the terminal. */
export interface Style {
  readonly colour: boolean
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly blue: Paint
  readonly magenta: Paint
  readonly cyan: Paint
}

const none: Paint = (text) => text

/** Chalk's own codes around the text, without its bookkeeping: a list paints tens of thousands of cells. */
const quick = (paint: Paint): Paint => {
  const [open = '', close = ''] = paint('\0').split('\0')
  return (text) => (text === '' || text.includes('\u001B') ? paint(text) : open + text + close)
}

const PLAIN: Style = {
  colour: false,
  bold: none,
  dim: none,
  red: none,
  green: none,
  yellow: none,
  blue: none,
  magenta: none,
  cyan: none,
}

/** The colours of a stream that takes them, or of one that does not. */
export const makeStyle = (colour: boolean): Style => {
  if (!colour) return PLAIN
  const chalk = new Chalk({ level: 1 })
  return {
    colour,
    bold: quick(chalk.bold),
    dim: quick(chalk.dim),
    red: quick(chalk.red),
    green: quick(chalk.green),
    yellow: quick(chalk.yellow),
    blue: quick(chalk.blue),
    magenta: quick(chalk.magenta),
    cyan: quick(chalk.cyan),
  }
}
