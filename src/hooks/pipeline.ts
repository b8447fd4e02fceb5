import { closeSync } from 'node:fs'
import type { AbsolutePath } from '../core/ids.ts'
import { Interrupted } from '../core/interrupted.ts'
import type { Environment } from '../git/environment.ts'
import { kindOf } from '../git/paths.ts'
import { openRepository } from '../git/repository.ts'
import { storedVars } from '../git/stored-vars.ts'
import { runChild } from '../host/children.ts'
import type { TemplateFunctions } from '../template/variables.ts'
import type { PipelineSpec } from './background.ts'
import { endText } from './foreground.ts'
import { branchFunctions, openGround } from './ground.ts'
import { commandLog, openLog, pipelineDirectory, writeRecord } from './logs.ts'
import { userEnvironment } from './ports.ts'
import type { PipelineRecord } from './result.ts'
import { compileSteps, type ReadyCommand, scriptOf } from './scripts.ts'

interface Failure {
  readonly message: string
  readonly log: string
}

/** The repository is only looked at where a template asks for paths of branches. */
const functionsFor = async ({ hook, place, settings }: PipelineSpec, env: Environment): Promise<TemplateFunctions> => {
  if (!hook.steps.flat().some(({ template }) => template.includes('path_of_branch'))) return {}
  return branchFunctions(await openGround(place.cwd, env), settings.worktreePath, settings.home)
}

type Numbered = ReadyCommand & { readonly index: number }

const runOne = async (
  command: Numbered,
  script: string,
  spec: PipelineSpec,
  env: Environment,
): Promise<Failure | undefined> => {
  const { hook, place, commonDir, shellCwd } = spec
  const directory = pipelineDirectory(commonDir, {
    hook: hook.kind,
    source: hook.source,
    branch: place.variables.branch,
  })
  const log = commandLog(directory, command.name, command.index)
  const descriptor = openLog(directory, log)
  try {
    const end = await runChild({
      argv: ['/bin/sh', '-c', script],
      cwd: place.cwd,
      env: userEnvironment({ env, shellCwd }, { background: true }),
      stdin: 'empty',
      output: descriptor,
    })
    if (end.kind === 'exited' && end.code === 0) return undefined
    return { message: `${command.label} failed (${endText(end)})`, log }
  } finally {
    closeSync(descriptor)
  }
}

const runSteps = async (spec: PipelineSpec, env: Environment, runnerLog: string): Promise<Failure | undefined> => {
  const { hook, place, commonDir } = spec
  const functions = await functionsFor(spec, env)
  const readVars = async (branch: string | undefined): Promise<Readonly<Record<string, string>>> =>
    storedVars((await openRepository(commonDir as AbsolutePath, env)).settings, branch)
  let index = 0
  for (const step of await compileSteps(hook)) {
    if (kindOf(place.cwd) !== 'directory')
      return { message: `${hook.kind} ${hook.source}: its directory is gone: ${place.cwd}`, log: runnerLog }
    const ready: (readonly [Numbered, string])[] = []
    for (const command of step)
      ready.push([{ ...command, index: index++ }, await scriptOf(command, hook.kind, place, { readVars, functions })])
    const failures = await Promise.all(ready.map(([command, script]) => runOne(command, script, spec, env)))
    const failure = failures.find((each) => each !== undefined)
    if (failure !== undefined) return failure
  }
  return undefined
}

/**
 * What a background process does: the steps of one pipeline, one after the other, until one fails. How it stands is kept
 * beside its logs. Answers with what failed.
 */
export const runPipeline = async (
  spec: PipelineSpec,
  env: Environment,
  now: () => number,
): Promise<string | undefined> => {
  const { hook, place, commonDir } = spec
  const { branch } = place.variables
  const directory = pipelineDirectory(commonDir, { hook: hook.kind, source: hook.source, branch })
  const runnerLog = commandLog(directory, 'runner', 0)
  const record: PipelineRecord = {
    hook: hook.kind,
    source: hook.source,
    branch,
    started: now(),
    outcome: 'running',
    pid: process.pid,
  }
  const end = (failure: Failure | undefined): string | undefined => {
    writeRecord(
      directory,
      failure === undefined ? { ...record, outcome: 'done' } : { ...record, outcome: 'failed', ...failure },
    )
    return failure?.message
  }
  writeRecord(directory, record)
  try {
    return end(await runSteps(spec, env, runnerLog))
  } catch (error) {
    if (error instanceof Interrupted) {
      end({ message: `${hook.kind} ${hook.source} was ended by ${error.signal}`, log: runnerLog })
      throw error
    }
    return end({ message: error instanceof Error ? error.message : String(error), log: runnerLog })
  }
}
