import { WtError } from '../core/errors.ts'
import { type HookKind, isPreHook } from '../core/hooks.ts'
import { kindOf } from '../git/paths.ts'
import { type ChildEnd, exitCodeOf, runChild, stopIfInterrupted } from '../host/children.ts'
import type { HookPlan } from './approve.ts'
import { logCommand } from './logs.ts'
import { type HookPlace, type HookPorts, userEnvironment } from './ports.ts'
import { compileSteps, givenTo, type ReadyCommand, scriptOf } from './scripts.ts'
import type { SelectedHook } from './selection.ts'

/** How a command ended, in words. */
export const endText = (end: ChildEnd): string =>
  end.kind === 'exited'
    ? `exit code ${end.code}`
    : end.kind === 'killed'
      ? `ended by ${end.signal}`
      : `not started: ${end.reason}`

/** Whoever runs hooks by hand has no use for the flag. */
const hintFor = ({ given }: HookPlace): { readonly hint?: string } =>
  given === undefined ? { hint: 'to go on without hooks: --no-hooks' } : {}

const failed = ({ label }: ReadyCommand, end: ChildEnd, place: HookPlace): WtError =>
  new WtError('HOOK_FAILED', `${label} failed (${endText(end)})`, { ...hintFor(place), exitCode: exitCodeOf(end) })

interface Ready extends ReadyCommand {
  readonly script: string
}

/** How a hook runs among others. */
export interface Manner {
  /** Others run at the same time: it reads nothing, and its lines have this in front. */
  readonly beside?: string
}

interface Step extends Manner {
  readonly hook: SelectedHook
  readonly place: HookPlace
  readonly ports: HookPorts
}

/** What stands in front of the lines of a command that does not run alone. */
const prefixOf = (beside: string | undefined, name: string | undefined): string =>
  [beside, name].filter((part) => part !== undefined).join(' ')

const runOne = async (
  command: Ready,
  { hook, place, ports, beside }: Step,
  width: number | undefined,
): Promise<ChildEnd> => {
  const { name, label, script } = command
  const { kind, source } = hook
  const started = ports.now()
  const end = await runChild({
    argv: ['/bin/sh', '-c', script],
    cwd: place.cwd,
    env: userEnvironment(ports, { background: false }),
    stdin: width === undefined ? 'terminal' : 'empty',
    output:
      width === undefined
        ? 'narration'
        : (text) => ports.say({ kind: 'line', name: prefixOf(beside, name) || `${kind} ${source}`, width, text }),
  })
  logCommand(ports.commonDir, {
    started,
    words: ports.words,
    label,
    script,
    end: { code: exitCodeOf(end), milliseconds: ports.now() - started },
  })
  return end
}

/** Runs one step: a command alone has the terminal, several run side by side to their ends. The first failure counts. */
const runStep = async (commands: readonly ReadyCommand[], step: Step): Promise<WtError | undefined> => {
  const { hook, place, ports, beside } = step
  const ready: Ready[] = []
  for (const command of commands) {
    ports.say(givenTo(command, hook.kind, place))
    ready.push({ ...command, script: await scriptOf(command, hook.kind, place, ports) })
  }
  stopIfInterrupted()
  for (const { name, script } of ready)
    ports.say({ kind: 'running', hook: hook.kind, source: hook.source, name, script })
  const alone = ready.length === 1 && beside === undefined
  const width = alone ? undefined : Math.max(...ready.map(({ name }) => prefixOf(beside, name).length))
  // All of them are waited for, also where one finds out that the command has been cancelled.
  const ends = await Promise.allSettled(ready.map((command) => runOne(command, step, width)))
  for (const [at, end] of ends.entries()) {
    if (end.status === 'rejected') throw end.reason
    const bad = end.value.kind !== 'exited' || end.value.code !== 0
    if (bad) return failed(ready[at] as Ready, end.value, place)
  }
  return undefined
}

const isThere = ({ cwd }: HookPlace): boolean => kindOf(cwd) === 'directory'

/**
 * Runs the commands of a hook and waits for them: the user's, then the project's, step by step. Templates are read before
 * the first step and expanded right before their own. Answers with the number of steps that ran.
 *
 * A `pre-` hook throws HOOK_FAILED (with the exit code to leave with) or TEMPLATE_INVALID at the first failure. A `post-`
 * hook tells it and goes on. A cancelled command throws Interrupted once its children have ended.
 */
export const runForeground = async <Kind extends HookKind>(
  plan: HookPlan,
  kind: Kind,
  place: HookPlace<Kind>,
  ports: HookPorts,
  manner: Manner = {},
): Promise<number> => {
  const hooks = plan.of(kind)
  if (hooks.length === 0) return 0
  const where: HookPlace = place as HookPlace
  const compiled = await Promise.all(hooks.map(async (hook) => ({ hook, steps: await compileSteps(hook) })))
  let ran = 0
  for (const { hook, steps } of compiled) {
    for (const commands of steps) {
      if (!isThere(where)) {
        if (!isPreHook(kind)) {
          ports.say({ kind: 'dropped', hook: kind, path: where.cwd })
          return ran
        }
        throw new WtError('HOOK_FAILED', `${kind} can’t run: its worktree is gone: ${where.cwd}`, hintFor(where))
      }
      const failure = await runStep(commands, { hook, place: where, ports, ...manner })
      ran += 1
      if (failure === undefined) continue
      if (isPreHook(kind)) throw failure
      ports.say({ kind: 'failed', message: failure.message })
    }
  }
  return ran
}
