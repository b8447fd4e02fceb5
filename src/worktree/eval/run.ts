import { WtError } from '../../core/errors.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { Environment } from '../../git/environment.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import { branchAtHand } from '../../git/head-branch.ts'
import { compileTemplate } from '../../template/expand.ts'
import { type Look, type LookPorts, lookAt } from '../look.ts'
import { usable } from '../named-worktree.ts'
import { forTemplates, templateFunctions, variablesOf, varsOf } from '../template-variables.ts'
import type { EvalResult } from './result.ts'

/** In a git directory, as that of a bare repository, it is about the branch that HEAD names, and its worktree if it has one. */
const placeHere = async (look: Look, env: Environment): Promise<Pick<Worktree, 'branch' | 'path' | 'head'>> => {
  const { current, refs, repository, worktrees } = look
  if (current !== undefined) return usable(current)
  const branch = await branchAtHand(repository.layout, env)
  const there = worktrees.worktrees.find((each) => branch !== undefined && each.branch === branch && !each.prunable)
  return there ?? { branch, path: repository.layout.gitDir, head: branch && refs.tip(branch) }
}

/**
 * Expands a template for the worktree at hand; nothing is quoted. Asks git for the short form of the commit only where
 * it is wanted (`all`: everything is). Throws TEMPLATE_INVALID, and what `lookAt` throws.
 */
export const runEval = async (ports: LookPorts, template: string, { all = false } = {}): Promise<EvalResult> => {
  const look = await lookAt(ports)
  const worktree = await placeHere(look, ports.env)
  const compiled = await compileTemplate(template, { oldNames: false })
  const short = all || compiled.names.some(({ name }) => name === 'short_commit')
  const store = openFactStore(look.repository, look.refs)
  try {
    const heads = short && worktree.head !== undefined ? [worktree.head] : []
    const variables = variablesOf(look, worktree, await store.facts.headers(heads))
    const functions = await templateFunctions(look, ports.home)
    const expansion = compiled.expand(forTemplates(variables, varsOf(look, worktree)), functions)
    if (expansion.kind === 'text') return { template, text: expansion.text, variables }
    throw new WtError('TEMPLATE_INVALID', expansion.message)
  } finally {
    store.close()
  }
}
