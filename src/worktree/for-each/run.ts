import { constants } from 'node:os'
import { WtError } from '../../core/errors.ts'
import { Interrupted } from '../../core/interrupted.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { withoutDiscovery } from '../../git/environment.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import { kindOf } from '../../git/paths.ts'
import { interruptBy, runChild } from '../../host/children.ts'
import { withoutDirectives } from '../../host/hand-off.ts'
import { startable } from '../../host/raw-words.ts'
import { compileTemplate } from '../../template/expand.ts'
import type { CompiledTemplate } from '../../template/variables.ts'
import { type Look, type LookPorts, lookAgain, lookAt } from '../look.ts'
import { forTemplates, templateFunctions, variablesOf, varsOf } from '../template-variables.ts'
import type { ForEachEnd, ForEachEvent, ForEachOutcome, ForEachResult } from './result.ts'

export interface ForEachPorts extends LookPorts {
  readonly say: (event: ForEachEvent) => void
}

type Words = readonly [program: string, ...words: readonly string[]]

/** What runs in a worktree: the words as the templates have them there, and the variables for its stdin. */
interface Errand {
  readonly argv: Words
  readonly input: string
}

const headersFor = async (look: Look, worktrees: readonly Worktree[]) => {
  const store = openFactStore(look.repository, look.refs)
  try {
    return await store.facts.headers(worktrees.flatMap(({ head }) => head ?? []))
  } finally {
    store.close()
  }
}

const expandWord = (template: CompiledTemplate, ...values: Parameters<CompiledTemplate['expand']>): string => {
  const expansion = template.expand(...values)
  if (expansion.kind === 'text') return expansion.text
  throw new WtError('TEMPLATE_INVALID', expansion.message)
}

const errandFor = async (
  look: Look,
  worktree: Worktree,
  templates: readonly CompiledTemplate[],
  headers: Awaited<ReturnType<typeof headersFor>>,
  { home }: LookPorts,
): Promise<Errand> => {
  const [variables, vars] = [variablesOf(look, worktree, headers), varsOf(look, worktree)]
  const values = forTemplates(variables, vars)
  const functions = await templateFunctions(look, home)
  const argv = templates.map((template) => expandWord(template, values, functions)) as unknown as Words
  const told = { ...variables, ...(Object.keys(vars).length > 0 && { vars }) }
  const text = JSON.stringify(told, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value))
  return { argv, input: `${text}\n` }
}

const SIGNALS: readonly string[] = ['SIGHUP', 'SIGINT', 'SIGTERM']

const killedBy = (signal: NodeJS.Signals): ForEachEnd & { readonly kind: 'killed' } => ({
  kind: 'killed',
  signal,
  code: 128 + constants.signals[signal],
})

/** Runs the program; a child that a signal has ended stops the loop as one that came to `wt` itself. */
const runIn = async (worktree: Worktree, { argv, input }: Errand, { env }: LookPorts): Promise<ForEachEnd> => {
  try {
    const end = await runChild({
      argv: startable(argv),
      cwd: worktree.path,
      env: withoutDirectives(withoutDiscovery(env)),
      stdin: { text: input },
      output: 'narration',
    })
    if (end.kind !== 'killed') return end
    if (SIGNALS.includes(end.signal)) interruptBy(end.signal as Interrupted['signal'])
    return killedBy(end.signal)
  } catch (error) {
    if (error instanceof Interrupted) return killedBy(error.signal)
    throw error
  }
}

/**
 * Runs a program in one worktree after the other, in the order of `git worktree list`, as long as no signal stops it. Its words are templates: all of them are
 * tried for all worktrees before anything runs, and expanded again when their turn comes, as what ran before may have
 * moved branches. Throws TEMPLATE_INVALID, and what `lookAt` throws.
 */
export const runForEach = async (ports: ForEachPorts, words: Words): Promise<ForEachResult> => {
  let look = await lookAt(ports)
  const warnings = [...look.warnings]
  const there = look.worktrees.worktrees.filter((worktree) => {
    if (worktree.prunable !== undefined) return false
    const why = worktree.broken ?? (kindOf(worktree.path) === 'directory' ? undefined : 'its directory is missing')
    if (why !== undefined) warnings.push(`${worktree.path} was left out: ${why}`)
    return why === undefined
  })
  const headers = await headersFor(look, there)
  const templates = await Promise.all(words.map((word) => compileTemplate(word, { oldNames: false })))
  for (const worktree of there) await errandFor(look, worktree, templates, headers, ports)
  const outcomes: ForEachOutcome[] = []
  for (const { path } of there) {
    if (outcomes.length > 0) look = await lookAgain(look)
    const worktree = look.worktrees.worktrees.find((each) => each.path === path)
    if (worktree === undefined || kindOf(path) !== 'directory') {
      warnings.push(`${path} was left out: it is gone`)
      continue
    }
    const { branch } = worktree
    ports.say({ kind: 'begins', branch, path })
    const errand = await errandFor(look, worktree, templates, await headersFor(look, [worktree]), ports)
    const end = await runIn(worktree, errand, ports)
    const outcome = { branch, path, end }
    outcomes.push(outcome)
    ports.say({ kind: 'ended', outcome })
    if (end.kind === 'killed') return { outcomes, stopped: end.code, warnings }
  }
  return { outcomes, stopped: undefined, warnings }
}
