import type { TraceRecord } from './trace.ts'

type Command = TraceRecord & { readonly kind: 'command' }

/** Commands that have something in common. Durations are in microseconds, as everywhere here. */
export interface CommandGroup {
  readonly name: string
  readonly count: number
  readonly total: number
  readonly longest: number
}

/** The same question, asked more than once in the same place. */
interface Repetition {
  readonly command: string
  readonly context: string | undefined
  readonly count: number
  /** What all but the longest of them took. */
  readonly wasted: number
}

/** Where one run spent its time. */
export interface Profile {
  /** Until the last record ends. */
  readonly traced: number
  readonly commands: number
  readonly commandTotal: number
  readonly spanTotal: number
  /** How many commands ran side by side while any did, on average and at most; 0 where none ran. */
  readonly parallelism: number
  readonly peak: number
  readonly byType: readonly CommandGroup[]
  readonly byContext: readonly CommandGroup[]
  readonly slowest: readonly TraceRecord[]
  readonly repetitions: readonly Repetition[]
}

/** How many of the slowest are named. */
const SLOWEST = 20

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

const longestFirst = <Item extends { readonly total: number }>(items: readonly Item[]): readonly Item[] =>
  items.toSorted((a, b) => b.total - a.total)

const grouped = (
  commands: readonly Command[],
  keyOf: (command: Command) => string,
): readonly (readonly Command[])[] => {
  const found = new Map<string, Command[]>()
  for (const command of commands) {
    const key = keyOf(command)
    const group = found.get(key)
    if (group === undefined) found.set(key, [command])
    else group.push(command)
  }
  return [...found.values()]
}

const groups = (commands: readonly Command[], nameOf: (command: Command) => string): readonly CommandGroup[] =>
  longestFirst(
    grouped(commands, nameOf).map((group) => {
      const durations = group.map(({ duration }) => duration)
      const name = nameOf(group[0] as Command)
      return { name, count: group.length, total: sum(durations), longest: Math.max(...durations) }
    }),
  )

/** Options of git that stand before the subcommand and have their value in the next word. */
const VALUED = new Set(['-c', '-C', '--git-dir', '--work-tree', '--namespace', '--exec-path'])

/** What kind of command a line is: the program, and git's subcommand. */
const typeOf = ({ command }: Command): string => {
  const [path = '', ...words] = command.split(' ')
  const program = path.slice(path.lastIndexOf('/') + 1)
  if (program !== 'git') return program
  const at = words.findIndex((word, index) => !word.startsWith('-') && !VALUED.has(words[index - 1] ?? ''))
  return at < 0 ? program : `git ${words[at]}`
}

/** For how long any command ran, and how many did at most at the same time. */
const overlap = (commands: readonly Command[]): { readonly busy: number; readonly peak: number } => {
  const edges = commands
    .flatMap(({ at, duration }) => [
      { at, step: 1 },
      { at: at + duration, step: -1 },
    ])
    // One that ends as the other begins does not run beside it.
    .sort((a, b) => a.at - b.at || a.step - b.step)
  let [running, peak, busy, last] = [0, 0, 0, 0]
  for (const { at, step } of edges) {
    if (running > 0) busy += at - last
    last = at
    running += step
    peak = Math.max(peak, running)
  }
  return { busy, peak }
}

const repetitionsIn = (commands: readonly Command[]): readonly Repetition[] =>
  grouped(
    commands.filter(({ fed }) => !fed),
    ({ command, context }) => JSON.stringify([command, context ?? '']),
  )
    .filter(({ length }) => length > 1)
    .map((group) => {
      const [{ command, context }, durations] = [group[0] as Command, group.map(({ duration }) => duration)]
      return { command, context, count: group.length, wasted: sum(durations) - Math.max(...durations) }
    })
    .sort((a, b) => b.wasted - a.wasted)

/** Sums up the records of one run. */
export const profileOf = (records: readonly TraceRecord[]): Profile => {
  const commands = records.filter((record) => record.kind === 'command')
  const commandTotal = sum(commands.map(({ duration }) => duration))
  const { busy, peak } = overlap(commands)
  return {
    traced: Math.max(0, ...records.map(({ at, duration }) => at + duration)),
    commands: commands.length,
    commandTotal,
    spanTotal: sum(records.flatMap((record) => (record.kind === 'span' ? [record.duration] : []))),
    parallelism: busy === 0 ? 0 : commandTotal / busy,
    peak,
    byType: groups(commands, typeOf),
    byContext: groups(commands, ({ context }) => context ?? '(unknown)'),
    slowest: records.toSorted((a, b) => b.duration - a.duration).slice(0, SLOWEST),
    repetitions: repetitionsIn(commands),
  }
}
