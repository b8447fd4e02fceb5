import { WtError } from '../core/errors.ts'
import type { HookCommand, HookKind } from '../core/hooks.ts'
import { type Approvals, approvedFor, changeApprovals, readApprovals } from '../host/approvals.ts'
import { mayHaveOldNames, renameOldNames } from '../template/old-names.ts'
import type { ProjectCommand } from './result.ts'
import type { HookSelection, SelectedHook } from './selection.ts'

/**
 * The commands that may run, in the form in which they were approved. Only `approve` makes one, so that nothing runs
 * that was not selected first and approved then, and nobody selects again.
 */
class Plan {
  readonly #hooks: readonly SelectedHook[]
  /** The project's commands were declined and are not in here. */
  readonly declined: boolean
  /** What went wrong on the way and stops nothing. */
  readonly warnings: readonly string[]

  constructor(hooks: readonly SelectedHook[], declined: boolean, warnings: readonly string[]) {
    this.#hooks = Object.freeze([...hooks])
    this.declined = declined
    this.warnings = warnings
    Object.freeze(this)
  }

  /** What runs for a hook: the user's commands, then the project's. */
  of(kind: HookKind): readonly SelectedHook[] {
    return this.#hooks.filter((hook) => hook.kind === kind)
  }

  /** The hooks that have commands. */
  get kinds(): ReadonlySet<HookKind> {
    return new Set(this.#hooks.map(({ kind }) => kind))
  }
}

export type HookPlan = Plan

/** For a command that was told to run no hooks. */
export const NO_HOOKS: HookPlan = new Plan([], false, [])

/** The same text for all spellings of one command: older names of variables count as the new ones. */
export const approvalText = (template: string): string =>
  mayHaveOldNames(template) ? renameOldNames(template) : template

export interface ApprovalPorts {
  /** `--yes`: everything runs, and approvals are neither read nor kept. */
  readonly yes: boolean
  /** Where approvals are; undefined where no directory is known to hold them. */
  readonly path: string | undefined
  /** Commands that an older configuration approved of (`Config.approvedCommands`). */
  readonly approvedBefore: readonly string[]
  /** Asks the user; undefined where nobody can be asked. Each command is asked about once. */
  readonly ask: ((commands: readonly ProjectCommand[]) => Promise<boolean>) | undefined
}

const commandsIn = (selection: HookSelection): readonly ProjectCommand[] => {
  const all = selection.hooks
    .filter(({ source }) => source === 'project')
    .flatMap(({ kind, steps }) =>
      steps.flat().map(({ name, template }: HookCommand) => ({ phase: kind, name, template: approvalText(template) })),
    )
  return all.filter(({ template }, at) => all.findIndex((each) => each.template === template) === at)
}

/** Whether a command is approved, by its text. */
export const approvedTexts = (approvals: Approvals, id: string, before: readonly string[]): ReadonlySet<string> =>
  new Set((approvals.projects === undefined ? before : approvedFor(approvals, id)).map(approvalText))

const save = async (
  { path, approvedBefore }: ApprovalPorts,
  id: string,
  commands: readonly string[],
): Promise<readonly string[]> => {
  if (path === undefined) return ['the approval could not be kept: no directory is known for it']
  try {
    const add = (known: readonly string[]) => [...known, ...commands.filter((command) => !known.includes(command))]
    await changeApprovals(path, id, add, approvedBefore)
    return []
  } catch (error) {
    return [`the approval could not be kept: ${error instanceof Error ? error.message : String(error)}`]
  }
}

const refusal = (commands: readonly ProjectCommand[]): WtError => {
  const list = commands.map(
    ({ phase, name, template }) => `${phase}${name === undefined ? '' : ` ${name}`}: ${template}`,
  )
  return new WtError('APPROVAL_NEEDED', 'commands of this project need approval, and there is no terminal to ask on', {
    cause: new Error(list.join('\n')),
    hint: 'to approve them: wt config approvals add; to run them this once: --yes',
  })
}

/**
 * Whether commands of a project may run: all of them or none. The user is asked about those that are not approved yet, once
 * for all. Throws APPROVAL_NEEDED where nobody can be asked, and APPROVALS_INVALID where approvals can't be read.
 */
export const permit = async (
  commands: readonly ProjectCommand[],
  projectId: string,
  ports: ApprovalPorts,
): Promise<{ readonly declined: boolean; readonly warnings: readonly string[] }> => {
  const granted = { declined: false, warnings: [] }
  if (ports.yes || commands.length === 0) return granted
  const approvals: Approvals =
    ports.path === undefined ? { path: '', projects: undefined } : await readApprovals(ports.path)
  const approved = approvedTexts(approvals, projectId, ports.approvedBefore)
  const open = commands.filter(({ template }) => !approved.has(template))
  if (open.length === 0) return granted
  if (ports.ask === undefined) throw refusal(open)
  if (!(await ports.ask(open))) return { declined: true, warnings: [] }
  const texts = open.map(({ template }) => template)
  return { declined: false, warnings: await save(ports, projectId, texts) }
}

/**
 * Makes a selection a plan that can run. Declined, the plan has the user's own commands only. Throws what `permit` throws;
 * nothing has been done then.
 */
export const approve = async (selection: HookSelection, ports: ApprovalPorts): Promise<HookPlan> => {
  const { hooks, projectId } = selection
  const { declined, warnings } = await permit(commandsIn(selection), projectId, ports)
  return new Plan(declined ? hooks.filter(({ source }) => source === 'user') : hooks, declined, warnings)
}

/**
 * Whether a text of the project's that is no hook may be used. Without `ask` nobody is asked: then only one that is
 * approved already. Throws what `approve` throws.
 */
export const approveText = async (
  command: ProjectCommand,
  projectId: string,
  ports: ApprovalPorts,
  { ask }: { readonly ask: boolean },
): Promise<{ readonly approved: boolean; readonly warnings: readonly string[] }> => {
  if (ports.yes) return { approved: true, warnings: [] }
  const approvals = ports.path === undefined ? { path: '', projects: undefined } : await readApprovals(ports.path)
  const template = approvalText(command.template)
  if (approvedTexts(approvals, projectId, ports.approvedBefore).has(template)) return { approved: true, warnings: [] }
  if (!ask) return { approved: false, warnings: [] }
  const asked = [{ ...command, template }]
  if (ports.ask === undefined) throw refusal(asked)
  if (!(await ports.ask(asked))) return { approved: false, warnings: [] }
  return { approved: true, warnings: await save(ports, projectId, [template]) }
}
