import type { LoadedConfig } from '../core/config.ts'
import { HOOK_KINDS, type HookKind } from '../core/hooks.ts'
import { compileTemplate } from '../template/expand.ts'
import { approvalText } from './approve.ts'
import { type HookPlace, type HookPorts, NOTHING_GIVEN } from './ports.ts'
import type { HookPreview, ShownCommand } from './result.ts'
import { compileSteps, scriptOf } from './scripts.ts'
import { type SelectedHook, selectHooks } from './selection.ts'

/** What is only known when the command runs stays as it is written: whatever is made of `vars`. */
export const withoutVars = (template: string): string =>
  template.replace(/\{\{[^{}]*\bvars\b[^{}]*\}\}/g, (tag) => `{% raw %}${tag}{% endraw %}`)

const withoutVarsIn = (hook: SelectedHook): SelectedHook => ({
  ...hook,
  steps: hook.steps.map(([first, ...rest]) => {
    const literal = (command: typeof first): typeof first => ({ ...command, template: withoutVars(command.template) })
    return [literal(first), ...rest.map(literal)]
  }),
})

/** What hooks would run. Nothing is run, nothing is asked. Throws TEMPLATE_INVALID as running them would. */
export const previewHooks = async (
  hooks: readonly SelectedHook[],
  place: HookPlace,
  ports: HookPorts,
): Promise<readonly HookPreview[]> => {
  const previews: HookPreview[] = []
  for (const hook of hooks.map(withoutVarsIn)) {
    for (const command of (await compileSteps(hook)).flat()) {
      const script = await scriptOf(command, hook.kind, place, ports)
      previews.push({ hook: hook.kind, source: hook.source, name: command.name, script })
    }
  }
  return previews
}

/** Every configured command of one hook, or of all, and whether it still needs approval. */
export const showHooks = (
  loaded: LoadedConfig,
  kind: HookKind | undefined,
  approved: ReadonlySet<string>,
): readonly ShownCommand[] => {
  const { hooks } = selectHooks(loaded, { projectId: '', kinds: kind === undefined ? HOOK_KINDS : [kind] })
  const sources = ['user', 'project'] as const
  return sources.flatMap((source) =>
    hooks
      .filter((hook) => hook.source === source)
      .flatMap(({ kind: type, steps }) =>
        steps.flat().map(({ name, template }) => ({
          type,
          source,
          name,
          template: source === 'project' ? approvalText(template) : template,
          needsApproval: source === 'project' && !approved.has(approvalText(template)),
        })),
      ),
  )
}

/** The same with what each would run here, or why that can't be told. */
export const expandShown = async (
  commands: readonly ShownCommand[],
  placeOf: (kind: HookKind) => HookPlace,
  { readVars, functions }: HookPorts,
): Promise<readonly ShownCommand[]> =>
  Promise.all(
    commands.map(async (command) => {
      const template = await compileTemplate(withoutVars(command.template), { quoting: 'shell' })
      if (template.problem !== undefined) return { ...command, expanded: template.problem }
      const ready = { name: command.name, label: command.type, template }
      const place = { ...placeOf(command.type), given: NOTHING_GIVEN }
      const expanded = await scriptOf(ready, command.type, place, { readVars, functions }).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      return { ...command, expanded }
    }),
  )
