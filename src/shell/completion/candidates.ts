import { resolve } from 'node:path'
import type { CommandSpec, Completes, Offer } from '../../core/command-spec.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type ListedName, listBranchNames } from '../../git/branch-names.ts'
import type { Environment } from '../../git/environment.ts'
import { readPartialLine } from './words.ts'

/** Something that may stand where the cursor is. */
export interface Candidate {
  readonly value: string
  /** May be empty. */
  readonly summary: string
}

/** What completion offers: candidates, or word that the shell knows them itself. */
export type Completion =
  | { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'files' | 'directories' | 'commands' }

export interface CompletionPlace {
  readonly env: Environment
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
}

const branchCandidates = async (
  kind: Completes,
  cwd: AbsolutePath,
  env: Environment,
): Promise<readonly Candidate[]> => {
  const { worktrees, local, remote } = await listBranchNames(cwd, env)
  const own = kind === 'worktree' ? worktrees : [...worktrees, ...local]
  const show = ({ name, from, age }: ListedName): Candidate => ({
    value: name,
    summary: age === '' ? from : `${from}, ${age}`,
  })
  if (kind === 'revision')
    return [...own.map(show), ...remote.map((each) => ({ ...show(each), value: `${each.from}/${each.name}` }))]
  if (kind !== 'branch') return own.map(show)
  const names = new Set(own.map(({ name }) => name))
  const further = remote.filter(({ name }) => !names.has(name) && names.add(name))
  return [...own, ...further].map(show)
}

const looksLikePath = (word: string): boolean => /^(?:\/|\.\.?\/|~)/.test(word)

/**
 * What may stand in the last of these words, the program's own name left out. Only what goes on from that word. Silent
 * where there is no repository: then there are no branches to offer.
 */
export const complete = async (
  words: readonly string[],
  specs: readonly CommandSpec[],
  { env, cwd, home }: CompletionPlace,
): Promise<Completion> => {
  const current = words.at(-1) ?? ''
  const { spec, directory, at } = readPartialLine(words.slice(0, -1), specs)
  const some = (candidates: readonly Candidate[]): Completion => ({
    kind: 'candidates',
    candidates: candidates.filter(({ value }) => value.startsWith(current)),
  })
  const offered = async (offer: Offer, prefix = ''): Promise<Completion> => {
    if (typeof offer !== 'string') return some(offer.map((value) => ({ value: prefix + value, summary: '' })))
    if (offer === 'none') return some([])
    if (offer === 'file') return { kind: 'files' }
    if (offer === 'directory') return { kind: 'directories' }
    if (offer === 'command') return { kind: 'commands' }
    if (looksLikePath(current.slice(prefix.length))) return { kind: 'directories' }
    const from = directory?.replace(/^~(?=\/|$)/, home ?? '~') ?? ''
    const found = await branchCandidates(offer, resolve(cwd, from) as AbsolutePath, env).catch(() => [])
    return some(found.map(({ value, summary }) => ({ value: prefix + value, summary })))
  }
  if (at.kind === 'rest') return { kind: 'files' }
  if (at.kind === 'value') return offered(at.offer)
  const [, flag] = /^(--[^=]*)=/s.exec(current) ?? []
  if (flag !== undefined) {
    const value = spec.flags.find(({ names }) => names.includes(flag))?.value
    return value === undefined ? some([]) : offered(value, `${flag}=`)
  }
  if (/^-./s.test(current)) {
    const names = spec.flags.flatMap((each) => each.names.map((value) => ({ value, summary: each.summary })))
    return some(names.filter(({ value }) => value.length > 2 || value === current))
  }
  const place = spec.repeats ? Math.min(at.position, spec.positions.length - 1) : at.position
  const own = spec.positions[place]
  const below = some(spec.children.map(({ name, summary }) => ({ value: name, summary })))
  const argument = own === undefined ? some([]) : await offered(own)
  if (argument.kind !== 'candidates' || below.kind !== 'candidates') return argument
  return some([...below.candidates, ...argument.candidates])
}
