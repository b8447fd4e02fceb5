import { WtError } from '../core/errors.ts'
import { nearestName } from '../core/nearest.ts'
import { readApprovals } from '../host/approvals.ts'
import { suspicionsOf } from './alias.ts'
import { type AliasConfig, loadAliases, namesOf } from './alias-names.ts'
import { aliasScript, givenHere, partsOf, readAlias } from './alias-read.ts'
import { approvalText, approvedTexts } from './approve.ts'
import type { AliasPreview, ShownAliases } from './result.ts'
import type { ManualPorts } from './run.ts'
import { withoutVars } from './show.ts'

/** A command line that can't be meant leaves with 2. */
const USAGE = 2

/** Throws ALIAS_UNKNOWN, with what may have been meant. */
const checkKnown = (name: string, loaded: AliasConfig): void => {
  const names = namesOf(loaded)
  if (names.has(name)) return
  const nearest = nearestName(name, names)
  const hint =
    nearest !== undefined
      ? `did you mean ${nearest}?`
      : names.size === 0
        ? 'none is configured here; see [aliases] in the configuration'
        : `there are: ${[...names].sort().join(', ')}`
  throw new WtError('ALIAS_UNKNOWN', `there is no alias ${name}`, { hint, exitCode: USAGE })
}

const approvedHere = async (
  { config, projectId }: AliasConfig,
  path: string | undefined,
): Promise<ReadonlySet<string>> => {
  if (projectId === undefined) return new Set()
  const approvals = path === undefined ? { path: '', projects: undefined } : await readApprovals(path)
  return approvedTexts(approvals, projectId, config.approvedCommands)
}

/**
 * The aliases that are configured here, or one of them, by name; of each the user's commands first. Outside of a repository
 * they are the user's. Throws ALIAS_UNKNOWN, APPROVALS_INVALID.
 */
export const showAliases = async (ports: ManualPorts, name: string | undefined): Promise<ShownAliases> => {
  const loaded = await loadAliases(ports)
  if (name !== undefined) checkKnown(name, loaded)
  const approved = await approvedHere(loaded, ports.approval.path)
  const names = name === undefined ? [...namesOf(loaded)].sort() : [name]
  const commands = names.flatMap((alias) => {
    const steps = partsOf(loaded, alias).flatMap(({ source, steps: own }) => own.map((step) => ({ source, step })))
    return steps.flatMap(({ source, step }, at) =>
      step.map((command) => {
        const template = source === 'project' ? approvalText(command.template) : command.template
        const needsApproval = source === 'project' && !approved.has(template)
        return { alias, source, name: command.name, step: at + 1, template, needsApproval }
      }),
    )
  })
  return { names, commands, warnings: loaded.warnings }
}

/**
 * What an alias would run with these words. Nothing is run and nothing is asked; what `vars` says is only known when a
 * command runs, and stays as it is written. Throws ALIAS_UNKNOWN, and what running the alias throws before it runs.
 */
export const previewAlias = async (
  ports: ManualPorts,
  name: string,
  typed: readonly string[],
): Promise<AliasPreview> => {
  const known = await loadAliases(ports)
  checkKnown(name, known)
  if (known.outside !== undefined) throw known.outside
  const call = await readAlias(ports, name, typed, withoutVars)
  const { steps, words } = call
  const { values, args, help } = words
  const bound = { alias: name, help, values, args, warnings: suspicionsOf(words) }
  if (help) return { ...bound, commands: [] }
  const given = await givenHere(call, ports)
  const commands: AliasPreview['commands'][number][] = []
  for (const [at, step] of steps.entries())
    for (const ready of step) {
      const { source, command } = ready
      commands.push({ source, name: command.name, step: at + 1, script: await aliasScript(ready, given) })
    }
  return { ...bound, commands }
}
