import { kindOf } from '../../git/paths.ts'
import { type ApprovalPorts, approve, approveText, type HookPlan } from '../../hooks/approve.ts'
import { type BackgroundHook, startBackground } from '../../hooks/background.ts'
import { runForeground } from '../../hooks/foreground.ts'
import { hookPorts, loadHookConfig, projectIdFor } from '../../hooks/ground.ts'
import type { HookPorts } from '../../hooks/ports.ts'
import type { HookEvent } from '../../hooks/result.ts'
import { checkHooks } from '../../hooks/scripts.ts'
import { selectHooks } from '../../hooks/selection.ts'
import { groundOf, placeFor } from './hook-places.ts'
import type { LandHooks, LandPrograms } from './hooks.ts'
import type { Landing } from './landing.ts'

/** How hooks speak and ask. */
export interface LandVoice {
  readonly shellCwd: string | undefined
  readonly words: readonly string[]
  readonly say: (event: HookEvent) => void
  readonly approval: Omit<ApprovalPorts, 'approvedBefore'>
}

const tell = ({ ports }: Landing, { declined, warnings }: Pick<HookPlan, 'declined' | 'warnings'>): void => {
  for (const text of warnings) ports.say({ kind: 'warning', text })
  if (declined) ports.say({ kind: 'declined' })
}

/** Those of one plan, in the places that the landing has reached. */
const hooksOf = (
  plan: HookPlan,
  target: string | undefined,
  { running, say }: { readonly running: () => Promise<HookPorts>; readonly say: LandVoice['say'] },
): LandHooks<Landing> => {
  const noted: BackgroundHook[] = []
  const gone = new Set<string>()
  return {
    before: async (point, landing) => {
      if (!plan.kinds.has(point)) return false
      return (await runForeground(plan, point, placeFor(point, landing, target), await running())) > 0
    },
    after: (point, landing) => {
      if (point === 'post-remove') gone.add(landing.source.path)
      if (plan.kinds.has(point)) noted.push({ kind: point, place: placeFor(point, landing, target) })
    },
    start: async () => {
      // An empty directory may be left for a shell that stands there: that is no worktree any more.
      const lost = noted.filter(({ place }) => gone.has(place.cwd))
      const hooks = noted.filter((hook) => !lost.includes(hook) && kindOf(hook.place.cwd) === 'directory')
      for (const { kind, place } of noted) {
        if (!hooks.some((hook) => hook.place === place)) say({ kind: 'dropped', hook: kind, path: place.cwd })
      }
      noted.length = 0
      if (hooks.length > 0) startBackground(plan, hooks, await running())
    },
  }
}

/** The programs that are configured for the worktree whose work lands. */
export const landPrograms = (voice: LandVoice): LandPrograms<Landing> => ({
  open: async (landing, { kinds, target }) => {
    const { look, ports } = landing
    const ground = groundOf(look)
    const loaded = await loadHookConfig(ground, ports)
    const selection = selectHooks(loaded, { projectId: projectIdFor(look.repository), kinds })
    const plan = await approve(selection, { ...voice.approval, approvedBefore: loaded.config.approvedCommands })
    tell(landing, plan)
    await checkHooks(plan)
    const { env, home, now } = ports
    const running = (): Promise<HookPorts> => hookPorts(ground, loaded, { env, home, now, ...voice })
    return hooksOf(plan, target, { running, say: voice.say })
  },
  guidance: async (landing, { ask }) => {
    const { look } = landing
    const text = look.projectConfig.templateAppend
    if (text === undefined) return undefined
    const command = { phase: 'commit.generation', name: 'template-append', template: text }
    const approval = { ...voice.approval, approvedBefore: look.config.approvedCommands }
    const answer = await approveText(command, projectIdFor(look.repository), approval, { ask })
    if (ask) tell(landing, { declined: false, warnings: answer.warnings })
    return answer.approved ? text : undefined
  },
})
