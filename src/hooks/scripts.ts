import { WtError } from '../core/errors.ts'
import type { HookCommand, HookKind, HookSource } from '../core/hooks.ts'
import type { Expansion } from '../core/template.ts'
import { checkTemplate, compileTemplate } from '../template/expand.ts'
import type { CompiledTemplate } from '../template/variables.ts'
import type { HookPlan } from './approve.ts'
import { type HookPlace, type HookPorts, NOTHING_GIVEN } from './ports.ts'
import type { HookEvent } from './result.ts'
import { labelOf, type SelectedHook } from './selection.ts'
import { hookTexts, namesFor, templateVariables } from './variables.ts'

/** What a message calls a command: `pre-merge user:lint`. */
const hookLabel = (kind: HookKind, source: HookSource, name: string | undefined): string =>
  `${kind} ${labelOf(source, name)}`

const invalid = (label: string, { message }: { readonly message: string }): WtError =>
  new WtError('TEMPLATE_INVALID', `${label}: ${message}`, {
    hint: 'for names that may have no value: {{ name | default("…") }}',
  })

/** A command of a hook whose template has been read. */
export interface ReadyCommand {
  readonly name: string | undefined
  readonly label: string
  /** As it is configured. */
  readonly written: string
  readonly template: CompiledTemplate
}

const compile = async (hook: SelectedHook, { name, template }: HookCommand): Promise<ReadyCommand> => {
  const label = hookLabel(hook.kind, hook.source, name)
  const compiled = await compileTemplate(template, { quoting: 'shell' })
  if (compiled.problem !== undefined) throw invalid(label, { message: compiled.problem })
  return { name, label, written: template, template: compiled }
}

/** Reads the templates of a hook. Throws TEMPLATE_INVALID for the first that can't be read: before anything runs. */
export const compileSteps = (hook: SelectedHook): Promise<readonly (readonly ReadyCommand[])[]> =>
  Promise.all(hook.steps.map((step) => Promise.all(step.map((command) => compile(hook, command)))))

/** What a command's template is given, as text: all but `args`, `vars` and the functions. */
export const givenTo = (
  { name, label, written }: ReadyCommand,
  kind: HookKind,
  { cwd, variables, given = NOTHING_GIVEN }: HookPlace,
): HookEvent => {
  return { kind: 'given', label, template: written, variables: hookTexts(variables, { kind, name, cwd }, given) }
}

/**
 * The text for the shell, with the values of this moment. Throws TEMPLATE_INVALID where a value is missing.
 */
export const scriptOf = async (
  { name, label, template }: Omit<ReadyCommand, 'written'>,
  kind: HookKind,
  { cwd, variables, given = NOTHING_GIVEN }: HookPlace,
  { readVars, functions }: Pick<HookPorts, 'readVars' | 'functions'>,
): Promise<string> => {
  const asksForVars = template.names.some((each) => each.name === 'vars')
  const vars = asksForVars ? await readVars(variables.branch) : {}
  const expansion: Expansion = template.expand(
    templateVariables(hookTexts(variables, { kind, name, cwd }, given), vars, given),
    functions,
  )
  if (expansion.kind !== 'text') throw invalid(label, expansion)
  return expansion.text
}

/**
 * Checks the templates of a plan before anything is done: their syntax, and names that no such hook has. A template that
 * uses `vars` is checked for its syntax only. Throws TEMPLATE_INVALID.
 */
export const checkHooks = async (plan: HookPlan): Promise<void> => {
  for (const kind of plan.kinds) {
    for (const hook of plan.of(kind)) {
      for (const { name, template } of hook.steps.flat()) {
        const problem = await checkTemplate(template, namesFor(kind), { quoting: 'shell' })
        const usesVars = problem?.kind === 'undefined-variable' && /\bvars\b/.test(template)
        if (problem !== undefined && problem.kind !== 'text' && !usesVars)
          throw invalid(hookLabel(kind, hook.source, name), problem)
      }
    }
  }
}
