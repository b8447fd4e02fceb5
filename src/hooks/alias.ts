import { WtError } from '../core/errors.ts'
import { Interrupted } from '../core/interrupted.ts'
import { type ChildEnd, exitCodeOf, runChild, stopIfInterrupted } from '../host/children.ts'
import { type AliasCommandReady, type AliasGiven, aliasScript, givenHere, readAlias } from './alias-read.ts'
import { approvalText, permit } from './approve.ts'
import { endText } from './foreground.ts'
import { userEnvironment } from './ports.ts'
import type { AliasOutcome } from './result.ts'
import type { ManualPorts } from './run.ts'
import { aliasTexts } from './variables.ts'

/** The last command that runs alone is what the user has called: Ctrl-C is its own, and nothing is said of its end. */
const runStep = async (step: readonly AliasCommandReady[], given: AliasGiven, last: boolean): Promise<number> => {
  const { ports, cwd, variables, words } = given
  const scripts: string[] = []
  for (const ready of step) {
    const { label, command } = ready
    ports.say({ kind: 'given', label, template: command.template, variables: aliasTexts(variables, cwd, words) })
    const script = await aliasScript(ready, given)
    ports.say({ kind: 'expanded', label, script })
    scripts.push(script)
  }
  stopIfInterrupted()
  const alone = step.length === 1
  const width = Math.max(...step.map(({ command }) => (command.name ?? '').length))
  const runOne = ({ command }: AliasCommandReady, script: string): Promise<ChildEnd> =>
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

/** What looks like a mistake in the words behind an alias. */
export const suspicionsOf = ({ suspicious, values }: AliasGiven['words']): readonly string[] =>
  suspicious.map((key) => `${key} is ${values[key]}: did you leave out its value?`)

/**
 * Runs an alias: the user's commands, then the project's, in the root of the worktree, until one fails. `name` is known to be
 * an alias here. Throws what reading it, approving, templates and commands throw.
 */
export const runAlias = async (ports: AliasPorts, name: string, typed: readonly string[]): Promise<AliasOutcome> => {
  const call = await readAlias(ports, name, typed)
  const { steps, words, loaded, projectId } = call
  const commands = steps
    .flat()
    .map(({ source, command }) => ({ source, name: command.name, template: command.template }))
  if (words.help) return { kind: 'described', commands }
  const projects = commands.filter(({ source }) => source === 'project')
  const asked = projects.map((each) => ({ phase: 'alias', name, template: approvalText(each.template) }))
  const approval = { ...ports.approval, approvedBefore: loaded.config.approvedCommands }
  const { declined, warnings } = await permit(asked, projectId, approval)
  if (declined) return { kind: 'declined' }
  for (const text of [...warnings, ...suspicionsOf(words)]) ports.warn(text)
  const given = await givenHere(call, ports)
  for (const [at, step] of steps.entries()) {
    const code = await runStep(step, given, at === steps.length - 1)
    if (code !== 0) return { kind: 'ran', code }
  }
  return { kind: 'ran', code: 0 }
}
