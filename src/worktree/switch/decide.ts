import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AbsolutePath, type BranchName, shortRefName } from '../../core/ids.ts'
import type { Plan } from '../../core/plan.ts'
import { remotesIn } from '../../core/remotes.ts'
import { shellWord } from '../../core/shell-word.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { isBeingCreated } from '../../git/creation-record.ts'
import { linkageOf } from '../../git/linkage.ts'
import { isSamePlace, kindOf } from '../../git/paths.ts'
import { stampOf } from '../../git/set-aside.ts'
import type { Look } from '../look.ts'
import { typedPath } from '../select.ts'
import { defaultBase, findBase } from './base.ts'
import { refuse, type SwitchRefusal } from './codes.ts'
import type { Destination } from './destination.ts'
import { fetchedAgo } from './fetched.ts'
import { gatherCarry } from './gather-carry.ts'
import type { SwitchOptions, SwitchPorts } from './options.ts'
import { lookAtPlace, placeFor } from './place.ts'
import { type CarryFacts, type EntryFacts, judgeEntry, planCreation } from './plan.ts'
import type { Created, Note } from './result.ts'
import { type Base, type Chosen, sourceOfKnown, sourceOfNew } from './source.ts'

/** What a switch will do. */
export type Decision =
  | { readonly kind: 'enter'; readonly worktree: Worktree; readonly notes: readonly Note[] }
  | {
      readonly kind: 'create'
      readonly branch: BranchName
      readonly path: AbsolutePath
      readonly plan: Plan
      readonly created: Created
      readonly notes: readonly Note[]
    }
  | SwitchRefusal

/** `git worktree add --orphan`. */
const ORPHANS = 2042

const stateOf = ({ id, path, gitDir }: Worktree): EntryFacts['state'] => {
  if (kindOf(path) !== 'directory') return 'gone'
  // The repository's own worktree may be without a `.git`, as with core.worktree.
  if (id === undefined) return 'there'
  const linkage = linkageOf(path, gitDir)
  return linkage === 'gone' ? 'unlinked' : linkage === 'foreign' ? 'foreign' : 'there'
}

/** Somebody else is checking it out at this moment: it is entered when they are done. */
const waitForCheckout = async ({ locked, gitDir }: Worktree): Promise<void> => {
  while (isBeingCreated(gitDir, locked?.reason)) await sleep(20)
}

const entryNotes = ({ worktree, others, borrowed }: Destination & { readonly kind: 'worktree' }): readonly Note[] => {
  const { path, branch, operation } = worktree
  const notes: Note[] = []
  if (others.length > 0) {
    const all = [path, ...others.map((each) => each.path)].join(', ')
    const hint = others.map((each) => `to drop it: wt remove ${shellWord(each.path)}`).join('\n')
    notes.push({ kind: 'warning', text: `branch ${branch} is checked out more than once: ${all}`, hint })
  }
  if (borrowed !== undefined) {
    notes.push({ kind: 'info', text: `a ${operation ?? 'rebase'} of ${borrowed} is open in ${path}` })
  }
  return notes
}

const decideEntry = async (
  look: Look,
  destination: Destination & { readonly kind: 'worktree' },
  options: SwitchOptions,
  ports: SwitchPorts,
): Promise<Decision> => {
  const { worktree } = destination
  const wanted = options.path === undefined ? undefined : typedPath(options.path, ports)
  const cure = look.repository.registrations.find(({ gitDir }) => gitDir === worktree.gitDir)?.cure
  const elsewhere = wanted === undefined || isSamePlace(wanted, worktree.path) ? undefined : wanted
  const refusal = judgeEntry({ worktree, state: stateOf(worktree), cure, elsewhere })
  if (refusal !== undefined) return refusal
  if (options.carry) {
    const hint = 'leave --carry out, or create a branch: --create'
    return refuse(
      'CARRY_REFUSED',
      `${worktree.path} is there already, and changes are carried only into a new worktree`,
      hint,
    )
  }
  await waitForCheckout(worktree)
  return { kind: 'enter', worktree, notes: entryNotes(destination) }
}

const chooseSource = async (
  look: Look,
  branch: BranchName,
  options: SwitchOptions,
  ports: SwitchPorts,
): Promise<Chosen | SwitchRefusal> => {
  const { refs, repository } = look
  const { settings, layout } = repository
  const remotes = remotesIn(settings)
  const preferred = settings.get('checkout.defaultremote')
  const fetched = fetchedAgo(join(layout.commonDir, 'FETCH_HEAD'), ports.now())
  const facts = { refs, branch, remotes, preferred, fetched }
  if (!options.create) return sourceOfKnown(facts)
  const base: Base | SwitchRefusal | undefined =
    options.base === undefined ? defaultBase(look) : await findBase(look, options.base, ports)
  if (base !== undefined && 'kind' in base) return base
  return sourceOfNew(facts, base, settings.version >= ORPHANS)
}

const creationNotes = (branch: BranchName, { shadows = [] }: Chosen, carry: CarryFacts): readonly Note[] => {
  const notes: Note[] = []
  if (shadows.length > 0) {
    const names = shadows.map(({ ref }) => shortRefName(ref)).join(', ')
    const hint = `to have that one instead: wt remove ${shellWord(branch)} --foreground && wt switch ${shellWord(branch)}`
    notes.push({ kind: 'warning', text: `the new branch ${branch} has nothing to do with ${names}`, hint })
  }
  if (carry.kind === 'changes' && carry.paths.length === 0) {
    notes.push({ kind: 'info', text: 'there are no uncommitted changes to carry along' })
  }
  return notes
}

const decideCreation = async (
  look: Look,
  branch: BranchName,
  options: SwitchOptions,
  ports: SwitchPorts,
): Promise<Decision> => {
  const chosen = await chooseSource(look, branch, options, ports)
  if (chosen.kind === 'refusal') return chosen
  const path = await placeFor(look, branch, options.path, ports)
  if (typeof path !== 'string') return path
  const { source, base, fromRemote } = chosen
  const start = source.kind === 'existing' ? source.tip : source.kind === 'unborn' ? undefined : source.start
  const carry: CarryFacts = options.carry ? await gatherCarry(look, start) : { kind: 'none-asked' }
  const plan = planCreation(
    { basis: look.refs, branch, source, place: lookAtPlace(look, path, options.path !== undefined), carry },
    { clobber: options.clobber, stamp: stampOf(new Date(ports.now())) },
  )
  if (plan.kind === 'refusal') return plan
  const created: Created = {
    branch: source.kind !== 'existing',
    ...(base !== undefined && { base }),
    ...(fromRemote !== undefined && { fromRemote }),
  }
  return { kind: 'create', branch, path, plan, created, notes: creationNotes(branch, chosen, carry) }
}

/** Decides what leads to the destination. Reads only; everything that can be refused is refused here. */
export const decide = (
  look: Look,
  destination: Destination,
  options: SwitchOptions,
  ports: SwitchPorts,
): Promise<Decision> =>
  destination.kind === 'worktree'
    ? decideEntry(look, destination, options, ports)
    : decideCreation(look, destination.branch, options, ports)
