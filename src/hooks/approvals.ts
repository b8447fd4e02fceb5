import { existsSync } from 'node:fs'
import { WtError } from '../core/errors.ts'
import { HOOK_KINDS } from '../core/hooks.ts'
import { findProjectFile } from '../git/project-file.ts'
import { approvedFor, changeApprovals, clearApprovals, readApprovals } from '../host/approvals.ts'
import { projectConfigPath } from '../host/config-places.ts'
import { type ApprovalPorts, approvalText } from './approve.ts'
import { type GroundPorts, loadHookConfig, openGround, projectIdFor } from './ground.ts'
import type { AddOutcome, ApprovalList } from './result.ts'

interface Looked extends ApprovalList {
  readonly id: string
  readonly path: string
  /** Approved for the project by its own name. */
  readonly own: readonly string[]
}

const look = async (ports: GroundPorts, path: string | undefined): Promise<Looked> => {
  if (path === undefined)
    throw new WtError('APPROVALS_INVALID', 'no directory is known to keep approvals in', {
      hint: 'set HOME, XDG_CONFIG_HOME or WT_APPROVALS_PATH',
    })
  const ground = await openGround(ports.cwd, ports.env)
  const { config, projectConfig } = await loadHookConfig(ground, ports)
  const id = projectIdFor(ground.repository)
  const approvals = await readApprovals(path)
  const own = (approvals.projects?.get(id) ?? (approvals.projects === undefined ? config.approvedCommands : [])).map(
    approvalText,
  )
  const approved = new Set([...own, ...approvedFor(approvals, id).map(approvalText)])
  const hooks = HOOK_KINDS.flatMap((kind) =>
    (projectConfig.hooks.get(kind) ?? []).flat().map(({ name, template }) => ({ phase: kind, name, template })),
  )
  const aliases = [...projectConfig.aliases].flatMap(([name, steps]) =>
    steps.flat().map(({ template }) => ({ phase: 'alias', name, template })),
  )
  const { templateAppend: append } = projectConfig
  const prompt = append === undefined ? [] : [{ phase: 'commit.generation', name: 'template-append', template: append }]
  const commands = [...hooks, ...aliases, ...prompt].map(({ phase, name, template }) => {
    const text = approvalText(template)
    return { phase, name, template: text, approved: approved.has(text) }
  })
  const used = new Set(commands.map(({ template }) => template))
  return { id, path, own, commands, stale: own.filter((text) => !used.has(text)) }
}

/** Lists what the project would run. */
export const listApprovals = async (ports: GroundPorts, path: string | undefined): Promise<ApprovalList> =>
  look(ports, path)

/** Throws CONFIG_INVALID where the project has no configuration of its own: nothing could ever be approved there. */
const refuseWithoutFile = async ({ cwd, env }: GroundPorts): Promise<void> => {
  const { projectRoot, projectText } = await findProjectFile(await openGround(cwd, env))
  const place = projectConfigPath(env, projectRoot)
  if (projectText !== undefined || (place !== undefined && 'path' in place && existsSync(place.path))) return
  throw new WtError('CONFIG_INVALID', 'this project has no configuration of its own', {
    hint: 'to make one: wt config create --project',
  })
}

/**
 * Approves of the project's commands, after asking unless `yes`. Throws APPROVAL_NEEDED where nobody can be asked,
 * CONFIG_INVALID where the project has no configuration.
 */
export const addApprovals = async (
  ports: GroundPorts,
  { path, yes, ask }: Omit<ApprovalPorts, 'approvedBefore'>,
  all: boolean,
): Promise<AddOutcome> => {
  const looked = await look(ports, path)
  if (looked.commands.length === 0) {
    await refuseWithoutFile(ports)
    return { kind: 'nothing-to-approve' }
  }
  const open = looked.commands.filter(({ approved }) => all || !approved)
  const asked = open.filter(({ template }, at) => open.findIndex((each) => each.template === template) === at)
  if (asked.length === 0) return { kind: 'all-approved' }
  if (!yes) {
    if (ask === undefined)
      throw new WtError('APPROVAL_NEEDED', 'there is no terminal to ask on', {
        hint: 'to approve without being asked: --yes',
      })
    if (!(await ask(asked))) return { kind: 'declined' }
  }
  const texts = asked.map(({ template }) => template)
  const add = (known: readonly string[]) => [...known, ...texts.filter((text) => !known.includes(text))]
  await changeApprovals(looked.path, looked.id, add, looked.own)
  return { kind: 'approved', count: texts.length }
}

/** Withdraws approvals: of this project, of its commands that are gone, or of all projects. Answers with the texts. */
export const withdrawApprovals = async (
  ports: GroundPorts,
  path: string | undefined,
  what: 'project' | 'stale' | 'everything',
): Promise<readonly string[]> => {
  if (what === 'everything') return path === undefined ? [] : clearApprovals(path)
  const looked = await look(ports, path)
  const gone = new Set(looked.stale)
  const keep = (known: readonly string[]) =>
    what === 'project' ? [] : known.filter((text) => !gone.has(approvalText(text)))
  const { before, after } = await changeApprovals(looked.path, looked.id, keep, looked.own)
  return before.filter((text) => !after.includes(text))
}
