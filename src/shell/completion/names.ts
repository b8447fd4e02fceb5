import type { CommandSpec } from '../../core/command-spec.ts'
import { WtError } from '../../core/errors.ts'
import { HOOK_KINDS, type HookKind, type HookSource, type HookStep } from '../../core/hooks.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { printable } from '../../core/printable.ts'
import { primaryRemote, projectIdOf } from '../../core/project-id.ts'
import type { Environment } from '../../git/environment.ts'
import { canonical } from '../../git/paths.ts'
import { openRepository, type Repository } from '../../git/repository.ts'
import { loadConfig } from '../../host/config-files.ts'
import { projectConfigPath, systemConfigPaths, userConfigPath } from '../../host/config-places.ts'

/** An alias as completion knows it. */
interface KnownAlias {
  readonly name: string
  readonly summary: string
  /** The words of the command of `wt` that it hands its own words to; none where there is no such command. */
  readonly like: readonly string[]
}

/** A command of a hook that has a name. */
interface KnownHook {
  readonly kind: HookKind
  readonly name: string
  readonly source: HookSource
}

/** What the configuration adds to completion. */
export interface KnownNames {
  readonly aliases: readonly KnownAlias[]
  readonly hooks: readonly KnownHook[]
}

/** The same with where it was found. */
export interface FoundNames extends KnownNames {
  /** Undefined outside of a repository, and where it can't be read. */
  readonly repository: Repository | undefined
  /** Every file that it comes from, or could come from. */
  readonly sources: readonly string[]
}

export interface NamesPlace {
  readonly env: Environment
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
}

/** Characters of a template that are shown beside the name of its alias. */
const SHOWN = 60

/** A name that can be a word of a line, and a field of a line of ours. */
const isSayable = (name: string): boolean => /^[^-\s\p{Cc}][^\s\p{Cc}]*$/u.test(name) && printable(name) === name

const summaryOf = (source: HookSource, [first]: readonly HookStep[]): string => {
  const text = printable(first?.[0].template ?? '').replace(/\s+/g, ' ')
  const letters = [...text.trim()]
  const cut = letters.length > SHOWN ? `${letters.slice(0, SHOWN - 1).join('')}…` : letters.join('')
  return `${source === 'user' ? 'alias' : 'alias of the project'}: ${cut}`
}

/** A command of `wt` that is handed all words of the alias, and what stands before them. */
const HANDED_ON = /(?:^|[;&|]\s*)wt ([^;&|{}]*)\{\{-?\s*args\s*-?\}\}/

/** The words of the command that an alias hands its own words to, as its last command says. */
const commandBehind = (steps: readonly HookStep[], specs: readonly CommandSpec[]): readonly string[] => {
  const [, typed] = HANDED_ON.exec(steps.at(-1)?.at(-1)?.template ?? '') ?? []
  const words = typed?.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-')) ?? []
  return specs.find(({ path }) => path.length > 0 && path.join(' ') === words.join(' '))?.path ?? []
}

const open = async ({ cwd, env }: NamesPlace): Promise<Repository | undefined> => {
  try {
    return await openRepository(cwd, env)
  } catch (error) {
    if (error instanceof WtError) return undefined
    throw error
  }
}

const hooksIn = (
  source: HookSource,
  hooks: ReadonlyMap<HookKind, readonly HookStep[]>,
  kind: HookKind,
): readonly KnownHook[] =>
  (hooks.get(kind) ?? []).flat().flatMap(({ name }) => (name && isSayable(name) ? [{ kind, name, source }] : []))

/**
 * The names of aliases and of commands of hooks that are configured here, by name. What is broken in the configuration is
 * left out. At the root of a bare repository they are the user's.
 */
export const findNames = async (place: NamesPlace, specs: readonly CommandSpec[]): Promise<FoundNames> => {
  const { env, cwd, home: homeDir } = place
  const repository = await open(place)
  const projectRoot = repository?.layout.top
  const projectIds =
    repository === undefined ? [] : [projectIdOf(primaryRemote(repository.settings)?.url, canonical(repository.root))]
  const config = { env, cwd, homeDir }
  const loaded = await loadConfig({ ...config, configSets: [], projectRoot, projectIds })
  const own = [
    ['user', loaded.config],
    ['project', loaded.projectConfig],
  ] as const
  const aliases = new Map<string, KnownAlias>()
  for (const [source, { aliases: configured }] of own)
    for (const [name, steps] of configured)
      if (isSayable(name)) {
        const summary = aliases.get(name)?.summary ?? summaryOf(source, steps)
        aliases.set(name, { name, summary, like: commandBehind(steps, specs) })
      }
  const project = projectConfigPath(env, projectRoot)
  return {
    aliases: [...aliases.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    hooks: HOOK_KINDS.flatMap((kind) => own.flatMap(([source, { hooks }]) => hooksIn(source, hooks, kind))),
    repository,
    sources: [
      ...systemConfigPaths(config),
      ...[userConfigPath(config), project !== undefined && 'path' in project ? project.path : undefined].filter(
        (path) => path !== undefined,
      ),
    ],
  }
}
