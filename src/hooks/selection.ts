import type { LoadedConfig } from '../core/config.ts'
import { WtError } from '../core/errors.ts'
import type { HookCommand, HookKind, HookSource, HookStep } from '../core/hooks.ts'

/** The commands of one hook from one configuration. */
export interface SelectedHook {
  readonly kind: HookKind
  readonly source: HookSource
  readonly steps: readonly HookStep[]
}

/**
 * Which commands are to run, taken once from the configuration of the worktree that `wt` was started in. Nothing can
 * run it: `approve` makes a plan of it first.
 */
class Selection {
  readonly #hooks: readonly SelectedHook[]
  /** What approvals of this project are kept under. */
  readonly projectId: string

  constructor(hooks: readonly SelectedHook[], projectId: string) {
    this.#hooks = Object.freeze(structuredClone(hooks))
    this.projectId = projectId
    Object.freeze(this)
  }

  get hooks(): readonly SelectedHook[] {
    return this.#hooks
  }
}

export type HookSelection = Selection

/** What of a project's configuration is asked for. */
export interface SelectionRequest {
  readonly projectId: string
  readonly kinds: readonly HookKind[]
  /** `NAME`, `user:NAME`, `project:NAME`, `user:`, `project:`; any that fits will do. None: everything. */
  readonly filters?: readonly string[]
}

const SOURCES: readonly HookSource[] = ['user', 'project']

interface Filter {
  readonly source: HookSource | undefined
  readonly name: string | undefined
}

const parseFilter = (text: string): Filter => {
  const source = SOURCES.find((each) => text.startsWith(`${each}:`))
  if (source === undefined) return { source: undefined, name: text }
  const name = text.slice(source.length + 1)
  return { source, name: name === '' ? undefined : name }
}

const fits = ({ source, name }: Filter, hook: SelectedHook, command: HookCommand): boolean =>
  (source === undefined || source === hook.source) && (name === undefined || name === command.name)

/** How a command is called: by its source, and its name where it has one. */
export const labelOf = (source: HookSource, name: string | undefined): string =>
  name === undefined ? source : `${source}:${name}`

const refuse = (all: readonly SelectedHook[], filter: Filter, text: string, kinds: readonly HookKind[]): WtError => {
  const kind = kinds[0] ?? ''
  if (filter.name === undefined && filter.source !== undefined) {
    const other = filter.source === 'user' ? 'project' : 'user'
    const hint = all.some(({ source }) => source === other)
      ? `to run those of the ${other}: wt hook ${kind} ${other}:`
      : undefined
    return new WtError(
      'HOOK_UNKNOWN',
      `there are no ${filter.source} ${kind} hooks`,
      hint === undefined ? {} : { hint },
    )
  }
  const names = all.flatMap(({ source, steps }) =>
    steps.flat().flatMap(({ name }) => (name ? [labelOf(source, name)] : [])),
  )
  const hint = names.length === 0 ? 'none of them has a name' : `there are: ${names.join(', ')}`
  return new WtError('HOOK_UNKNOWN', `no ${kind} command is called ${text}`, { hint })
}

const filtered = (all: readonly SelectedHook[], { filters = [], kinds }: SelectionRequest): readonly SelectedHook[] => {
  if (filters.length === 0 || all.length === 0) return all
  const parsed = filters.map((text) => ({ text, filter: parseFilter(text) }))
  for (const { text, filter } of parsed) {
    const found = all.some((hook) => hook.steps.flat().some((command) => fits(filter, hook, command)))
    if (!found) throw refuse(all, filter, text, kinds)
  }
  const kept = (hook: SelectedHook): readonly HookStep[] =>
    hook.steps.flatMap((step): readonly HookStep[] => {
      const [first, ...rest] = step.filter((command) => parsed.some(({ filter }) => fits(filter, hook, command)))
      return first === undefined ? [] : [[first, ...rest]]
    })
  return all.map((hook) => ({ ...hook, steps: kept(hook) })).filter(({ steps }) => steps.length > 0)
}

/**
 * Selects the commands of some hooks, the user's before the project's. `loaded` is the configuration of the worktree that
 * `wt` was started in. Throws HOOK_UNKNOWN for a filter that nothing fits.
 */
export const selectHooks = (loaded: LoadedConfig, request: SelectionRequest): HookSelection => {
  const all = request.kinds.flatMap((kind) =>
    SOURCES.flatMap((source) => {
      const steps = (source === 'user' ? loaded.config : loaded.projectConfig).hooks.get(kind)
      return steps === undefined ? [] : [{ kind, source, steps }]
    }),
  )
  return new Selection(filtered(all, request), request.projectId)
}
