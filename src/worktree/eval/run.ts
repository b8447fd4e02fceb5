import { WtError } from '../../core/errors.ts'
import { openFactStore } from '../../git/facts/open-store.ts'
import { compileTemplate } from '../../template/expand.ts'
import { type LookPorts, lookAt } from '../look.ts'
import { worktreeHere } from '../named-worktree.ts'
import { forTemplates, templateFunctions, variablesOf, varsOf } from '../template-variables.ts'
import type { EvalResult } from './result.ts'

/**
 * Expands a template for the worktree at hand; nothing is quoted. Asks git for the short form of the commit only where
 * it is wanted (`all`: everything is). Throws TEMPLATE_INVALID, and what `lookAt` throws.
 */
export const runEval = async (ports: LookPorts, template: string, { all = false } = {}): Promise<EvalResult> => {
  const look = await lookAt(ports)
  const worktree = worktreeHere(look)
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
