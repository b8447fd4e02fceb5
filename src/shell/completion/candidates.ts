import { resolve } from 'node:path'
import type { CommandSpec, Completes, Offer } from '../../core/command-spec.ts'
import { hookKindNamed } from '../../core/hooks.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type ListedName, listBranchNames } from '../../git/branch-names.ts'
import { findPrograms } from '../../host/find-program.ts'
import { findNames, type KnownNames, type NamesPlace } from './names.ts'
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

const branchCandidates = async (kind: Completes, { cwd, env }: NamesPlace): Promise<readonly Candidate[]> => {
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

const NO_NAMES: KnownNames = { aliases: [], hooks: [] }

/** What may be the first word besides commands of `wt`: aliases, then programs, but for those that one of these hides. */
const namedCandidates = (
  { aliases }: KnownNames,
  builtIn: readonly Candidate[],
  { env }: NamesPlace,
): readonly Candidate[] => {
  const programs = findPrograms('wt-', env).map(({ name, path }) => ({ value: name, summary: `program ${path}` }))
  const taken = new Set(builtIn.map(({ value }) => value))
  const named = [...aliases.map(({ name, summary }) => ({ value: name, summary })), ...programs]
  return named.filter(({ value }) => !taken.has(value) && taken.add(value))
}

const looksLikePath = (word: string): boolean => /^(?:\/|\.\.?\/|~)/.test(word)

/**
 * What may stand in the last of these words, the program's own name left out. Only what goes on from that word. Silent
 * where there is no repository: then there are no branches to offer.
 */
export const complete = async (
  words: readonly string[],
  specs: readonly CommandSpec[],
  from: NamesPlace,
): Promise<Completion> => {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const typed = readPartialLine(before, specs)
  const under = typed.directory?.replace(/^~(?=\/|$)/, from.home ?? '~') ?? ''
  const place: NamesPlace = { ...from, cwd: resolve(from.cwd, under) as AbsolutePath }
  const names = (): Promise<KnownNames> => findNames(place, specs).catch(() => NO_NAMES)
  const startsWithName = typed.spec.path.length === 0 && typed.first !== undefined
  const likes = startsWithName ? (await names()).aliases.filter(({ like }) => like.length > 0) : []
  const { spec, at, first } = readPartialLine(before, specs, new Map(likes.map(({ name, like }) => [name, like])))
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
    if (offer === 'alias') return some((await names()).aliases.map(({ name, summary }) => ({ value: name, summary })))
    if (offer === 'hook-name') {
      const kind = hookKindNamed(first ?? '')
      const { hooks } = await names()
      return some(
        hooks.filter((hook) => hook.kind === kind).map(({ name, source }) => ({ value: name, summary: source })),
      )
    }
    if (looksLikePath(current.slice(prefix.length))) return { kind: 'directories' }
    const found = await branchCandidates(offer, place).catch(() => [])
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
  const last = spec.repeats ? Math.min(at.position, spec.positions.length - 1) : at.position
  const own = spec.positions[last]
  const below = at.position > 0 ? [] : spec.children.map(({ name, summary }) => ({ value: name, summary }))
  const named = spec.path.length === 0 && at.position === 0 ? namedCandidates(await names(), below, place) : []
  const argument = own === undefined ? some([]) : await offered(own)
  return argument.kind === 'candidates' ? some([...below, ...named, ...argument.candidates]) : argument
}
