import type { CommandSpec, FlagSpec, Offer } from '../core/command-spec.ts'
import type { CommandClass, Commands } from './command-table.ts'

/** The specs as JSON, put in by the build: whoever starts a shell shall not wait for every command to be loaded. */
declare const BUILT_COMMAND_SPECS: string | undefined

interface Option {
  readonly char?: string
  readonly summary?: string
  readonly description?: string
  readonly type?: string
  readonly options?: readonly string[]
  readonly allowNo?: boolean
  readonly hidden?: boolean
}

const HELP: FlagSpec = { names: ['--help', '-h'], summary: 'Show help' }
const VERSION: FlagSpec = { names: ['--version', '-V'], summary: 'Show the version' }

/** What arguments and flags of these names take, unless a command says otherwise. */
const COMMON: CommandClass['completes'] = {
  branch: 'branch',
  target: 'branch',
  '--base': 'revision',
  '--branch': 'local-branch',
  '--config': 'file',
  '--directory': 'directory',
  '--path': 'directory',
}

const offerOf = (Class: CommandClass, name: string, { options }: Option): Offer =>
  options ?? { ...COMMON, ...Class.completes }[name] ?? 'none'

const flagSpec = (Class: CommandClass, name: string, flag: Option): FlagSpec => {
  const long = `--${name}`
  const names = [long, ...(flag.allowNo === true ? [`--no-${name}`] : []), ...(flag.char ? [`-${flag.char}`] : [])]
  const spec = { names, summary: flag.summary ?? flag.description ?? '' }
  return flag.type === 'boolean' ? spec : { ...spec, value: offerOf(Class, long, flag) }
}

const visible = (options: object): readonly (readonly [string, Option])[] =>
  Object.entries(options as Readonly<Record<string, Option>>).filter(([, option]) => option.hidden !== true)

const childrenOf = (
  path: readonly string[],
  all: ReadonlyMap<string, CommandClass>,
): { readonly name: string; readonly summary: string }[] => {
  const below = [...all].flatMap(([id, Class]) => {
    const words = id.split(':')
    const isBelow = words.length > path.length && path.every((word, at) => words[at] === word)
    return isBelow && Class.hidden !== true ? [{ words: words.slice(path.length), Class }] : []
  })
  const names = [...new Set(below.map(({ words }) => words[0] as string))].sort()
  return names.map((name) => {
    const own = below.find(({ words }) => words.length === 1 && words[0] === name)?.Class.summary
    const nested = below.flatMap(({ words }) => (words[0] === name && words[1] !== undefined ? [words[1]] : []))
    return { name, summary: own ?? [...new Set(nested)].join(', ') }
  })
}

const specOf = (
  path: readonly string[],
  Class: CommandClass | undefined,
  all: ReadonlyMap<string, CommandClass>,
): CommandSpec => {
  const like = Class ?? ([...all.values()][0] as CommandClass)
  const flags = { ...Class?.flags, ...like.baseFlags }
  return {
    path,
    summary: Class?.summary ?? '',
    flags: [...visible(flags).map(([name, flag]) => flagSpec(like, name, flag)), HELP],
    positions: Class === undefined ? [] : visible(Class.args).map(([name, arg]) => offerOf(Class, name, arg)),
    repeats: Class?.strict === false,
    children: childrenOf(path, all),
  }
}

/** Reads the classes of all commands. Groups of commands that are none themselves get a spec too, hidden ones do not. */
const describe = async (commands: Commands): Promise<readonly CommandSpec[]> => {
  const all = new Map<string, CommandClass>()
  for (const [id, load] of Object.entries(commands)) all.set(id, await load())
  const ids = [...all].flatMap(([id, Class]) => (Class.hidden === true ? [] : [id]))
  const groups = ids.flatMap((id) => id.split(':').map((_, at, words) => words.slice(0, at).join(':')))
  const root = specOf([], undefined, all)
  return [
    { ...root, flags: [VERSION, ...root.flags] },
    ...[...new Set([...groups, ...ids])]
      .filter((id) => id !== '')
      .sort()
      .map((id) => specOf(id.split(':'), all.get(id), all)),
  ]
}

/** What completion knows of every command: from the build, or, where nothing was built, from the classes. */
export const commandSpecs = async (commands: Commands): Promise<readonly CommandSpec[]> =>
  typeof BUILT_COMMAND_SPECS === 'string'
    ? (JSON.parse(BUILT_COMMAND_SPECS) as readonly CommandSpec[])
    : await describe(commands)
