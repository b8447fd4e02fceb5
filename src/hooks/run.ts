import { WtError } from '../core/errors.ts'
import { HOOK_KINDS, type HookKind, hookKindNamed, isPreHook, type PostHook } from '../core/hooks.ts'
import { nearestName } from '../core/nearest.ts'
import { readApprovals } from '../host/approvals.ts'
import { type ApprovalPorts, approve, approvedTexts } from './approve.ts'
import { givenVariables, type HookWords } from './arguments.ts'
import { startBackground } from './background.ts'
import { runForeground } from './foreground.ts'
import { type GroundPorts, hookPorts, loadHookConfig, openGround, projectIdFor } from './ground.ts'
import { readRecords } from './logs.ts'
import { manualPlace, worktreeHere } from './manual.ts'
import type { HookPlace } from './ports.ts'
import type { HookEvent, HookPreview, PipelineRecord, ShownCommand } from './result.ts'
import { selectHooks } from './selection.ts'
import { expandShown, previewHooks, showHooks } from './show.ts'

/** What a command that runs hooks by hand gets from its process. */
export interface ManualPorts extends GroundPorts {
  readonly now: () => number
  readonly shellCwd: string | undefined
  readonly words: readonly string[]
  readonly say: (event: HookEvent) => void
  readonly approval: Omit<ApprovalPorts, 'approvedBefore'>
}

export interface ManualOptions {
  readonly kind: HookKind
  readonly words: HookWords
  readonly dryRun: boolean
  /** Wait for `post-` hooks too. */
  readonly foreground: boolean
}

/** What came of it. A failing command is thrown. */
export type ManualOutcome =
  | { readonly kind: 'previews'; readonly previews: readonly HookPreview[] }
  | { readonly kind: 'nothing'; readonly hook: HookKind }
  | { readonly kind: 'ran'; readonly declined: boolean; readonly warnings: readonly string[] }

/** The hook that a word means. Throws HOOK_UNKNOWN. */
export const hookKind = (word: string | undefined): HookKind => {
  const kind = word === undefined ? undefined : hookKindNamed(word)
  if (kind !== undefined) return kind
  const nearest = word === undefined ? undefined : nearestName(word, HOOK_KINDS)
  const what = word === undefined ? 'which hook is to run?' : `there is no hook ${word}`
  const hint = nearest === undefined ? `there are: ${HOOK_KINDS.join(', ')}` : `did you mean ${nearest}?`
  throw new WtError('HOOK_UNKNOWN', what, { hint })
}

/** Runs the commands of one hook in the worktree at hand. Throws what looking, approving and running throw. */
export const runHooksByHand = async (ports: ManualPorts, options: ManualOptions): Promise<ManualOutcome> => {
  const { kind, words, dryRun, foreground } = options
  const ground = await openGround(ports.cwd, ports.env)
  const here = worktreeHere(ground)
  const loaded = await loadHookConfig(ground, ports)
  const projectId = projectIdFor(ground.repository)
  const selection = selectHooks(loaded, { projectId, kinds: [kind], filters: words.filters })
  if (selection.hooks.length === 0) return { kind: 'nothing', hook: kind }
  const running = await hookPorts(ground, loaded, ports)
  const place = manualPlace(kind, ground, here, await givenVariables(selection.hooks, words))
  if (dryRun) return { kind: 'previews', previews: await previewHooks(selection.hooks, place, running) }
  const plan = await approve(selection, { ...ports.approval, approvedBefore: loaded.config.approvedCommands })
  if (isPreHook(kind) || foreground) await runForeground(plan, kind, place, running)
  else startBackground(plan, [{ kind: kind as PostHook, place: place as HookPlace<PostHook> }], running)
  return { kind: 'ran', declined: plan.declined, warnings: plan.warnings }
}

/** What `wt hook show` answers. */
export interface ShowOutcome {
  readonly commands: readonly ShownCommand[]
  readonly failures: readonly PipelineRecord[]
}

/** The configured commands, and the background pipelines whose last run failed. */
export const showConfigured = async (
  ports: ManualPorts,
  { kind, expanded }: { readonly kind: HookKind | undefined; readonly expanded: boolean },
): Promise<ShowOutcome> => {
  const ground = await openGround(ports.cwd, ports.env)
  const loaded = await loadHookConfig(ground, ports)
  const { path } = ports.approval
  const approvals = path === undefined ? { path: '', projects: undefined } : await readApprovals(path)
  const approved = approvedTexts(approvals, projectIdFor(ground.repository), loaded.config.approvedCommands)
  const commands = showHooks(loaded, kind, approved)
  const failures = readRecords(ground.repository.layout.commonDir).filter(
    ({ outcome, hook }) => outcome === 'failed' && (kind === undefined || hook === kind),
  )
  if (!expanded) return { commands, failures }
  const here = worktreeHere(ground)
  const running = await hookPorts(ground, loaded, ports)
  return { commands: await expandShown(commands, (each) => manualPlace(each, ground, here), running), failures }
}
