import { spawn } from 'node:child_process'
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostHook } from '../core/hooks.ts'
import { kindOf } from '../git/paths.ts'
import { stopIfInterrupted } from '../host/children.ts'
import type { HookPlan } from './approve.ts'
import { commandLog, logCommand, openLog, pipelineDirectory } from './logs.ts'
import { type BackgroundSettings, type HookPlace, type HookPorts, userEnvironment } from './ports.ts'
import { labelOf, type SelectedHook } from './selection.ts'

/** A hook to be started, and where. */
export interface BackgroundHook<Kind extends PostHook = PostHook> {
  readonly kind: Kind
  readonly place: HookPlace<Kind>
}

/** Everything that the process of a pipeline has to know. It reads this, and no configuration. */
export interface PipelineSpec {
  readonly hook: SelectedHook
  readonly place: HookPlace
  readonly commonDir: string
  readonly shellCwd: string | undefined
  readonly words: readonly string[]
  readonly settings: BackgroundSettings
}

/** JSON knows no undefined; but a name without a value is still a name. */
const specText = (spec: PipelineSpec): string => {
  const unset = Object.entries(spec.place.variables).flatMap(([name, value]) => (value === undefined ? [name] : []))
  return JSON.stringify({ ...spec, unset })
}

/** What `startBackground` has written for the process of a pipeline. */
export const readSpec = (text: string): PipelineSpec => {
  const { unset, ...spec } = JSON.parse(text) as PipelineSpec & { readonly unset: readonly string[] }
  const variables = Object.assign(Object.fromEntries(unset.map((name) => [name, undefined])), spec.place.variables)
  return { ...spec, place: { ...spec.place, variables } }
}

/** A nameless file that is written before anybody reads it: a pipe could be cut off in the middle. */
const prepared = (text: string): number => {
  const path = join(tmpdir(), `wt-hook-${process.pid}-${Math.random().toString(36).slice(2)}`)
  const writing = openSync(path, 'wx', 0o600)
  try {
    writeSync(writing, text)
    return openSync(path, 'r')
  } finally {
    closeSync(writing)
    unlinkSync(path)
  }
}

/** Starts one pipeline in a session of its own. It outlives `wt`, and its output goes to its logs. */
const startOne = (hook: SelectedHook, place: HookPlace, ports: HookPorts): void => {
  const { commonDir, shellCwd, words, settings } = ports
  const spec: PipelineSpec = { hook, place, commonDir, shellCwd, words, settings }
  const directory = pipelineDirectory(commonDir, {
    hook: hook.kind,
    source: hook.source,
    branch: place.variables.branch,
  })
  const log = openLog(directory, commandLog(directory, 'runner', 0))
  const input = prepared(specText(spec))
  try {
    const child = spawn(process.execPath, [process.argv[1] ?? '', 'hook', 'run-pipeline'], {
      // Not the worktree: that may be removed while the pipeline runs.
      cwd: '/',
      env: userEnvironment(ports, { background: true }),
      stdio: [input, log, log],
      detached: true,
    })
    child.on('error', () => undefined)
    child.unref()
  } finally {
    closeSync(input)
    closeSync(log)
  }
  const label = `${hook.kind} ${hook.source} runner`
  logCommand(commonDir, { started: ports.now(), words, label, script: 'wt hook run-pipeline', end: undefined })
}

/**
 * Starts the pipelines of some `post-` hooks, those of the user and of the project side by side, and does not wait for
 * them. They outlive `wt`. A hook whose directory is gone is dropped, with a word; what fails later is in its log, and
 * `wt hook show` tells of it. Throws Interrupted where the command has been cancelled: nothing more is started then.
 */
export const startBackground = (plan: HookPlan, hooks: readonly BackgroundHook[], ports: HookPorts): void => {
  stopIfInterrupted()
  for (const { kind, place } of hooks) {
    const found = plan.of(kind)
    if (found.length === 0) continue
    if (kindOf(place.cwd) !== 'directory') {
      ports.say({ kind: 'dropped', hook: kind, path: place.cwd })
      continue
    }
    for (const hook of found) startOne(hook, place as HookPlace, ports)
    const labels = found.flatMap(({ source, steps }) => steps.flat().map(({ name }) => labelOf(source, name)))
    ports.say({ kind: 'started', hook: kind, labels: [...new Set(labels)] })
  }
}
