import type { LoadedConfig } from '../core/config.ts'
import { WtError } from '../core/errors.ts'
import type { HookCommand, HookSource, HookStep } from '../core/hooks.ts'
import { compileTemplate } from '../template/expand.ts'
import type { CompiledTemplate } from '../template/variables.ts'
import { type AliasWords, readAliasWords } from './alias-words.ts'
import {
  activeVariables,
  type GroundPorts,
  type HookGround,
  hookPorts,
  loadHookConfig,
  openGround,
  projectIdFor,
  repositoryVariables,
} from './ground.ts'
import type { HookPorts } from './ports.ts'
import type { HookEvent } from './result.ts'
import { labelOf } from './selection.ts'
import { aliasTexts, templateVariables } from './variables.ts'

/** The commands of an alias that one configuration has. */
export interface AliasPart {
  readonly source: HookSource
  readonly steps: readonly HookStep[]
}

/** What an alias is made of: the user's commands, then the project's. Empty where there is no such alias. */
export const partsOf = (
  { config, projectConfig }: Pick<LoadedConfig, 'config' | 'projectConfig'>,
  name: string,
): readonly AliasPart[] =>
  (['user', 'project'] as const).flatMap((source) => {
    const steps = (source === 'user' ? config : projectConfig).aliases.get(name)
    return steps === undefined ? [] : [{ source, steps }]
  })

/** A command of an alias whose template has been read. */
export interface AliasCommandReady {
  readonly source: HookSource
  readonly command: HookCommand
  readonly label: string
  readonly template: CompiledTemplate
  /** The variables that it reads as it is written. */
  readonly reads: readonly string[]
}

/** An alias as it was called: its steps, what its words come to, and where it runs. */
export interface AliasCall {
  readonly name: string
  readonly loaded: LoadedConfig
  readonly projectId: string
  readonly steps: readonly (readonly AliasCommandReady[])[]
  readonly words: AliasWords
  readonly ground: Awaited<ReturnType<typeof openGround>>
}

const invalid = (label: string, message: string): WtError =>
  new WtError('TEMPLATE_INVALID', `${label}: ${message}`, {
    hint: 'for names that may have no value: {{ name | default("…") }}',
  })

const readSteps = (
  alias: string,
  { source, steps }: AliasPart,
  written: (template: string) => string,
): Promise<readonly (readonly AliasCommandReady[])[]> =>
  Promise.all(
    steps.map((step) =>
      Promise.all(
        step.map(async (command): Promise<AliasCommandReady> => {
          const label = `${alias} ${labelOf(source, command.name)}`
          const original = await compileTemplate(command.template, { quoting: 'shell' })
          if (original.problem !== undefined) throw invalid(label, original.problem)
          const changed = written(command.template)
          const same = changed === command.template
          const template = same ? original : await compileTemplate(changed, { quoting: 'shell' })
          return { source, command, label, template, reads: original.names.map(({ name }) => name) }
        }),
      ),
    ),
  )

/**
 * Reads an alias and the words behind it. `name` is known to be an alias here. `written` changes templates before they are
 * read. Throws CONFIG_INVALID, TEMPLATE_INVALID, and HOOK_UNKNOWN for a `--dry-run` that no template has a use for.
 */
export const readAlias = async (
  ports: GroundPorts,
  name: string,
  typed: readonly string[],
  written: (template: string) => string = (template) => template,
): Promise<AliasCall> => {
  const ground = await openGround(ports.cwd, ports.env)
  const loaded = await loadHookConfig(ground, ports)
  const parts = partsOf(loaded, name)
  const steps = (await Promise.all(parts.map((part) => readSteps(name, part, written)))).flat()
  const names = new Set(steps.flat().flatMap(({ reads }) => reads))
  const words = readAliasWords(typed, names)
  if (words.dryRun && !words.help)
    throw new WtError('HOOK_UNKNOWN', `--dry-run is nothing that ${name} knows, and it was not run`, {
      hint: `to hand the word on: wt ${name} -- --dry-run; to see what would be run: wt config alias dry-run ${name}`,
    })
  return { name, loaded, projectId: projectIdFor(ground.repository), steps, words, ground }
}

/** What the templates of an alias are given. */
export interface AliasGiven {
  readonly ports: HookPorts
  readonly cwd: string
  readonly branch: string | undefined
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly words: AliasWords
}

interface Process {
  readonly env: HookPorts['env']
  readonly home: GroundPorts['home']
  readonly now: () => number
  readonly shellCwd: string | undefined
  readonly words: readonly string[]
  readonly say: (event: HookEvent) => void
}

const hereOf = ({ ground }: AliasCall): Parameters<typeof activeVariables>[1] => {
  const { branch, current, refs, repository } = ground
  return current ?? { path: repository.root, branch, head: branch && refs.tip(branch) }
}

/** The values that templates of an alias have here: of the worktree at hand, or of the main one. */
export const givenHere = async (call: AliasCall, process: Process): Promise<AliasGiven> => {
  const { loaded, words } = call
  const ground: HookGround = call.ground
  const here = hereOf(call)
  return {
    ports: await hookPorts(ground, loaded, process),
    cwd: here.path,
    branch: here.branch,
    variables: { ...repositoryVariables(ground), ...activeVariables(ground, here) },
    words,
  }
}

/** The text for the shell, with the values of this moment. Throws TEMPLATE_INVALID where one is missing. */
export const aliasScript = async (
  { label, template }: Pick<AliasCommandReady, 'label' | 'template'>,
  { ports, cwd, branch, variables, words }: AliasGiven,
): Promise<string> => {
  const stored = template.names.some(({ name }) => name === 'vars') ? await ports.readVars(branch) : {}
  const expansion = template.expand(
    templateVariables(aliasTexts(variables, cwd, words), stored, words),
    ports.functions,
  )
  if (expansion.kind !== 'text') throw invalid(label, expansion.message)
  return expansion.text
}
