import { type ConfigTable, type ConfigValue, isTable } from './config-value.ts'

/** The hooks, in the order in which a worktree meets them. */
export const HOOK_KINDS = [
  'pre-switch',
  'pre-start',
  'post-start',
  'post-switch',
  'pre-commit',
  'post-commit',
  'pre-merge',
  'post-merge',
  'pre-remove',
  'post-remove',
] as const

export type HookKind = (typeof HOOK_KINDS)[number]
/** Runs in the foreground, and its failure stops the command. */
export type PreHook = HookKind & `pre-${string}`
/** Runs in the background, and its failure is logged. */
export type PostHook = HookKind & `post-${string}`

/** Whose configuration a command comes from. Only a project's needs approval. */
export type HookSource = 'user' | 'project'

/** A command as configured: a template for shell text. */
export interface HookCommand {
  readonly name: string | undefined
  readonly template: string
}

/** Commands that run side by side; one alone has the terminal to itself. */
export type HookStep = readonly [HookCommand, ...HookCommand[]]

/** The pipelines by hook. */
export type Hooks = ReadonlyMap<HookKind, readonly HookStep[]>

/** The pipelines of the user's own commands, by their names. */
export type Aliases = ReadonlyMap<string, readonly HookStep[]>

const isHookKind = (text: string): text is HookKind => (HOOK_KINDS as readonly string[]).includes(text)

export const isPreHook = (kind: HookKind): kind is PreHook => kind.startsWith('pre-')

/** Other names for hooks that configuration files use. */
const ALIASES: ReadonlyMap<HookKind, string> = new Map([
  ['pre-start', 'pre-create'],
  ['post-start', 'post-create'],
])

/** What a word of a user's means: a hook, by its name or its other name. */
export const hookKindNamed = (word: string): HookKind | undefined =>
  isHookKind(word) ? word : [...ALIASES].find(([, other]) => other === word)?.[0]

const stepOf = (value: ConfigValue): HookStep | undefined => {
  const commands: HookCommand[] = []
  if (typeof value === 'string') commands.push({ name: undefined, template: value })
  if (isTable(value)) {
    for (const [name, template] of Object.entries(value))
      if (typeof template === 'string') commands.push({ name, template })
  }
  const [first, ...rest] = commands
  return first === undefined ? undefined : [first, ...rest]
}

/** The steps of a checked value: text is one command, a table one step, a list a step for each entry. */
const stepsOf = (value: ConfigValue): readonly HookStep[] =>
  (Array.isArray(value) ? (value as readonly ConfigValue[]) : [value]).flatMap((entry) => {
    const step = stepOf(entry)
    return step === undefined ? [] : [step]
  })

/** What is wrong with a value as commands; undefined when nothing is. */
export const commandProblem = (value: ConfigValue): string | undefined => {
  const entries = Array.isArray(value) ? (value as readonly ConfigValue[]) : [value]
  for (const entry of entries) {
    if (typeof entry === 'string') continue
    if (!isTable(entry)) return 'a command, a table of commands, or a list of both'
    for (const [name, command] of Object.entries(entry)) {
      if (name.includes(':')) return 'commands whose names have no ":" in them'
      if (typeof command !== 'string') return 'a table whose values are commands'
    }
  }
  return undefined
}

/** The hooks of tables that add to each other, the first one's commands first. */
export const hooksOf = (tables: readonly ConfigTable[]): Hooks => {
  const hooks = new Map<HookKind, readonly HookStep[]>()
  for (const kind of HOOK_KINDS) {
    const steps = tables.flatMap((table) =>
      [kind, ALIASES.get(kind)].flatMap((key) => {
        const value = key === undefined || !Object.hasOwn(table, key) ? undefined : table[key]
        return value === undefined ? [] : stepsOf(value)
      }),
    )
    if (steps.length > 0) hooks.set(kind, steps)
  }
  return hooks
}

/** The aliases of tables that add to each other, the first one's commands first. */
export const aliasesOf = (tables: readonly ConfigTable[]): Aliases => {
  const aliases = new Map<string, readonly HookStep[]>()
  for (const table of tables) {
    const own = Object.hasOwn(table, 'aliases') ? table['aliases'] : undefined
    if (!isTable(own)) continue
    for (const [name, value] of Object.entries(own)) {
      const steps = [...(aliases.get(name) ?? []), ...stepsOf(value)]
      if (steps.length > 0) aliases.set(name, steps)
    }
  }
  return aliases
}
