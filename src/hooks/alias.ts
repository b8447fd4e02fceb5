import { WtError } from '../core/errors.ts'
import type { HookCommand, HookSource, HookStep } from '../core/hooks.ts'
import { Interrupted } from '../core/interrupted.ts'
import { type ChildEnd, exitCodeOf, runChild, stopIfInterrupted } from '../host/children.ts'
import { compileTemplate } from '../template/expand.ts'
import type { CompiledTemplate } from '../template/variables.ts'
import { type AliasWords, readAliasWords } from './alias-words.ts'
import { approvalText, permit } from './approve.ts'
import { endText } from './foreground.ts'
import { activeVariables, hookPorts, loadHookConfig, openGround, projectIdFor, repositoryVariables } from './ground.ts'
import { type HookPorts, userEnvironment } from './ports.ts'
import type { AliasOutcome } from './result.ts'
import type { ManualPorts } from './run.ts'
import { labelOf } from './selection.ts'
import { aliasVariables } from './variables.ts'

interface Ready {
  readonly command: HookCommand
  readonly label: string
  readonly template: CompiledTemplate
}

interface Running {
  readonly ports: HookPorts
  readonly cwd: string
  readonly branch: string | undefined
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly words: AliasWords
}

const invalid = (label: string, message: string): WtError =>
  new WtError('TEMPLATE_INVALID', `${label}: ${message}`, {
    hint: 'for names that may have no value: {{ name | default("…") }}',
  })

const readSteps = (
  alias: string,
  source: HookSource,
  steps: readonly HookStep[],
): Promise<readonly (readonly Ready[])[]> =>
  Promise.all(
    steps.map((step) =>
      Promise.all(
        step.map(async (command): Promise<Ready> => {
          const label = `${alias} ${labelOf(source, command.name)}`
          const template = await compileTemplate(command.template, { quoting: 'shell' })
          if (template.problem !== undefined) throw invalid(label, template.problem)
          return { command, label, template }
        }),
      ),
    ),
  )

const scriptOf = async ({ label, template }: Ready, running: Running): Promise<string> => {
  const { ports, cwd, branch, variables, words } = running
  const stored = template.names.some(({ name }) => name === 'vars') ? await ports.readVars(branch) : {}
  const expansion = template.expand(aliasVariables(variables, cwd, stored, words), ports.functions)
  if (expansion.kind !== 'text') throw invalid(label, expansion.message)
  return expansion.text
}

/** The last command that runs alone is what the user has called: Ctrl-C is its own, and nothing is said of its end. */
const runStep = async (step: readonly Ready[], running: Running, last: boolean): Promise<number> => {
  const scripts: string[] = []
  for (const ready of step) scripts.push(await scriptOf(ready, running))
  stopIfInterrupted()
  const { ports, cwd } = running
  const alone = step.length === 1
  const width = Math.max(...step.map(({ command }) => (command.name ?? '').length))
  const runOne = ({ command }: Ready, script: string): Promise<ChildEnd> =>
    runChild({
      argv: ['/bin/sh', '-c', script],
      cwd,
      env: userEnvironment(ports, { background: false, keepDiscovery: true }),
      stdin: alone ? 'terminal' : 'empty',
      output: alone ? 'terminal' : (text) => ports.say({ kind: 'line', name: command.name ?? '', width, text }),
      ownsInterrupt: alone && last,
    })
  const ends = await Promise.allSettled(step.map((ready, at) => runOne(ready, scripts[at] as string)))
  for (const [at, end] of ends.entries()) {
    if (end.status === 'rejected') throw end.reason
    const { value } = end
    if (value.kind === 'killed' && (value.signal === 'SIGINT' || value.signal === 'SIGTERM'))
      throw new Interrupted(value.signal)
    const code = exitCodeOf(value)
    if (code === 0) continue
    if (alone && last && value.kind === 'exited') return code
    throw new WtError('HOOK_FAILED', `${step[at]?.label} failed (${endText(value)})`, { exitCode: code })
  }
  return 0
}

export interface AliasPorts extends ManualPorts {
  readonly warn: (text: string) => void
}

/**
 * Runs an alias: the user's commands, then the project's, in the root of the worktree, until one fails. `name` is known to be
 * an alias here. Throws what approving, templates and commands throw.
 */
export const runAlias = async (ports: AliasPorts, name: string, typed: readonly string[]): Promise<AliasOutcome> => {
  const ground = await openGround(ports.cwd, ports.env)
  const loaded = await loadHookConfig(ground, ports)
  const sources = (['user', 'project'] as const).flatMap((source) => {
    const steps = (source === 'user' ? loaded.config : loaded.projectConfig).aliases.get(name)
    return steps === undefined ? [] : [{ source, steps }]
  })
  const read = await Promise.all(sources.map(({ source, steps }) => readSteps(name, source, steps)))
  const all = read.flat()
  const names = new Set(all.flat().flatMap(({ template }) => template.names.map((each) => each.name)))
  const words = readAliasWords(typed, names)
  const commands = sources.flatMap(({ source, steps }) =>
    steps.flat().map((command) => ({ source, name: command.name, template: command.template })),
  )
  if (words.help) return { kind: 'described', commands }
  if (words.dryRun)
    throw new WtError('HOOK_UNKNOWN', `--dry-run is nothing that ${name} knows, and it was not run`, {
      hint: `to see its commands: wt ${name} --help; to hand the word on: wt ${name} -- --dry-run`,
    })
  const projects = commands.filter(({ source }) => source === 'project')
  const asked = projects.map((each) => ({ phase: 'alias', name, template: approvalText(each.template) }))
  const approval = { ...ports.approval, approvedBefore: loaded.config.approvedCommands }
  const { declined, warnings } = await permit(asked, projectIdFor(ground.repository), approval)
  if (declined) return { kind: 'declined' }
  for (const text of warnings) ports.warn(text)
  for (const key of words.suspicious) ports.warn(`${key} is ${words.values[key]}: did you leave out its value?`)
  const here = ground.current ?? { path: ground.repository.root, branch: undefined, head: undefined }
  const running: Running = {
    ports: await hookPorts(ground, loaded, ports),
    cwd: here.path,
    branch: here.branch,
    variables: { ...repositoryVariables(ground), ...activeVariables(ground, here) },
    words,
  }
  for (const [at, step] of all.entries()) {
    const code = await runStep(step, running, at === all.length - 1)
    if (code !== 0) return { kind: 'ran', code }
  }
  return { kind: 'ran', code: 0 }
}
