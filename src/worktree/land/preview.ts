import type { StageMode } from '../../core/config.ts'
import type { ObjectId } from '../../core/ids.ts'
import { readRange } from '../../git/landing/range.ts'
import { stageChanges } from '../../git/landing/worktree-edits.ts'
import { openProbeStore } from '../../git/probe-store.ts'
import { copyIndex } from '../../git/working/lines.ts'
import { commitRequest } from './commit.ts'
import { type Landing, refused } from './landing.ts'
import { type MessageRequest, makeMessage, makePrompt } from './message/make.ts'
import { backupRef, refuse, refuseUnborn, refuseUnmerged, squashKind, type WorkState } from './plan.ts'
import type { Landed, PlannedStep, Preview } from './result.ts'
import { measureSpan, type Span } from './span.ts'
import { wantsStaging } from './stage.ts'
import type { LandTarget } from './target.ts'
import { nestedIn, readWorkState } from './work-state.ts'

/** What staging would give, as far as it can be seen without doing it. */
export interface TriedStaging {
  readonly state: WorkState
  readonly steps: readonly PlannedStep[]
  /** Names the index that it was tried on. */
  readonly env: Readonly<Record<string, string>>
}

/** Stages into a copy of the index, whose objects go to a place of their own, and looks at what comes of it. */
export const tryStaging = async <T>(
  landing: Landing,
  mode: StageMode,
  use: (tried: TriedStaging) => Promise<T>,
): Promise<T | ReturnType<typeof refused>> => {
  const { look, source, context } = landing
  const state = await readWorkState(landing)
  const refusal = refuseUnmerged(state)
  if (refusal !== undefined) return refused(refusal)
  if (mode === 'none' || !wantsStaging(mode, state)) return await use({ state, steps: [], env: {} })
  const probes = openProbeStore(look.repository.layout.commonDir)
  try {
    const { path, gitDir } = source
    // Only where it lies counts here.
    const tree = { path, gitDir, against: source.head as ObjectId, status: { entries: [], raw: Buffer.alloc(0) } }
    const env = { ...probes.env(), GIT_INDEX_FILE: copyIndex(tree, probes) }
    await stageChanges(context.writer, path, mode, { env, except: nestedIn(look, source) })
    const steps = [{ kind: 'stage', worktree: path, mode } as const]
    return await use({ state: await readWorkState(landing, env), steps, env })
  } finally {
    probes.close()
  }
}

export interface PreviewOptions {
  readonly mode: StageMode
  /** The prompt alone is wanted: nothing is run. */
  readonly promptOnly: boolean
}

const withMessage = async (
  landing: Landing,
  request: MessageRequest,
  promptOnly: boolean,
  steps: (message: string) => readonly PlannedStep[],
): Promise<Preview | { readonly kind: 'prompt'; readonly prompt: string }> => {
  const prompt = await makePrompt(landing, request)
  if (promptOnly) return { kind: 'prompt', prompt }
  const { command } = landing.look.config.commit.generation
  const message = await makeMessage(landing, request, prompt)
  return { kind: 'preview', steps: steps(message), prompt, message, ...(command !== undefined && { command }) }
}

/** What `wt step commit` would do; the index stays as it is. */
export const previewCommit = (landing: Landing, { mode, promptOnly }: PreviewOptions): Promise<Landed<never>> =>
  tryStaging(landing, mode, async ({ state, steps, env }): Promise<Landed<never>> => {
    if (state.staged.length === 0 && !promptOnly)
      return refused(refuse('NOTHING_TO_COMMIT', 'there is nothing to commit'))
    const request = { ...commitRequest(landing, state.staged), env }
    const { branch } = landing.source
    return await withMessage(landing, request, promptOnly, (message) => [...steps, { kind: 'commit', branch, message }])
  })

/** What would become of the commits, as steps; empty where nothing would. The message is made for `message` only. */
export const squashSteps = async (
  landing: Landing,
  span: Span,
  { state, steps, env }: TriedStaging,
): Promise<{
  readonly request: MessageRequest | undefined
  readonly steps: (message: string | undefined) => readonly PlannedStep[]
}> => {
  const { branch, head } = landing.source
  const { mergeBase: base, ahead } = span.relation
  const kind = squashKind(ahead, state.staged.length > 0)
  if (branch === undefined || head === undefined || base === undefined) return { request: undefined, steps: () => [] }
  if (kind === 'commit') {
    const request = { ...commitRequest(landing, state.staged), env }
    return {
      request,
      steps: (message) => [...steps, { kind: 'commit', branch, ...(message !== undefined && { message }) }],
    }
  }
  if (kind !== 'squash') return { request: undefined, steps: () => [] }
  const { commits } = await readRange(landing.look.repository.git, span.from.oid, head)
  const request = { base, staged: state.staged, squash: { target: span.from.name, commits }, env }
  const backup: PlannedStep[] = state.staged.length === 0 ? [] : [{ kind: 'back-up', ref: backupRef(branch, []) }]
  return {
    request,
    steps: (message) => [
      ...steps,
      ...backup,
      {
        kind: 'squash',
        branch,
        expected: head,
        base,
        commits: commits.length,
        ...(message !== undefined && { message }),
      },
    ],
  }
}

/** What `wt step squash` would do. */
export const previewSquash = async (
  landing: Landing,
  target: LandTarget,
  { mode, promptOnly }: PreviewOptions,
): Promise<Landed<never>> => {
  const unborn = refuseUnborn(landing.source)
  if (unborn !== undefined || landing.source.head === undefined) return refused(unborn as NonNullable<typeof unborn>)
  const span = await measureSpan(landing.look, target, landing.source.head)
  if (span.relation.mergeBase === undefined) {
    const names = `${landing.source.branch} and ${span.from.name}`
    return refused(refuse('NO_COMMON_ANCESTOR', `${names} have no commit in common`, 'name another target'))
  }
  return await tryStaging(landing, mode, async (tried): Promise<Landed<never>> => {
    const { request, steps } = await squashSteps(landing, span, tried)
    if (request !== undefined) return await withMessage(landing, request, promptOnly, steps)
    return promptOnly ? { kind: 'prompt', prompt: '' } : { kind: 'preview', steps: [] }
  })
}
