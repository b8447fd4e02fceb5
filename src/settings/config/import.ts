import { WtError } from '../../core/errors.ts'
import type { ConfigEdit } from '../../core/git-config-text.ts'
import { readConfigEntries } from '../../git/config-entries.ts'
import { openRepository } from '../../git/repository.ts'
import { readTextFile } from '../../host/files.ts'
import { worktrunkConfigPath } from '../../host/foreign-config.ts'
import { createFile } from '../../host/new-file.ts'
import type { LookPorts } from '../../worktree/look.ts'
import { writeState } from '../state/place.ts'
import type { Note } from '../state/result.ts'
import { userFile } from './create.ts'

const SECTION = 'worktrunk.'
/** What is known of branches, and which branch is the default one. */
const STATE = /^worktrunk\.(?:state\..+\.(?:marker|vars\.[^.]+)|default-branch|history)$/s

const importFile = (ports: LookPorts, dryRun: boolean): Note => {
  const { env, cwd, home } = ports
  const [own, theirs] = [userFile(ports), worktrunkConfigPath({ env, cwd, homeDir: home })]
  const file = theirs === undefined ? ({ kind: 'missing' } as const) : readTextFile(theirs)
  if (file.kind === 'missing') return { kind: 'info', text: `there is no ${theirs ?? 'configuration to copy'}` }
  if (file.kind === 'unreadable') {
    throw new WtError('CONFIG_INVALID', `${theirs} could not be read: ${file.reason}`, { hint: 'nothing was copied' })
  }
  const stays: Note = { kind: 'info', text: `${own} is there already and stays as it is` }
  if (readTextFile(own).kind !== 'missing') return stays
  if (dryRun) return { kind: 'info', text: `would copy ${theirs} to ${own}` }
  if (createFile(own, file.text) === 'exists') return stays
  return { kind: 'success', text: `copied ${theirs} to ${own}` }
}

const importState = async (ports: LookPorts, dryRun: boolean): Promise<readonly Note[]> => {
  const { git, settings, layout } = await openRepository(ports.cwd, ports.env)
  const latest = new Map(await readConfigEntries(git, '^worktrunk\\.'))
  const edits: readonly ConfigEdit[] = [...latest]
    .filter(([key]) => STATE.test(key))
    .map(([key, value]) => ({ key: `wt.${key.slice(SECTION.length)}`, value }))
    .filter(({ key }) => settings.get(key) === undefined)
  if (edits.length === 0) return [{ kind: 'info', text: 'this repository has no state to copy' }]
  const names = edits.map(({ key }) => key.slice('wt.'.length)).join(', ')
  if (dryRun) return [{ kind: 'info', text: `would copy state: ${names}` }]
  await writeState(layout.commonDir, ports, edits)
  return [{ kind: 'success', text: `copied state: ${names}` }]
}

/**
 * Copies Worktrunk's user file, where there is none of ours, and what it keeps of the repository's branches, where we
 * keep nothing of that name. Theirs stays as it is. Throws CONFIG_INVALID, CONFIG_UNWRITABLE, STATE_UNWRITABLE.
 */
export const importConfig = async (ports: LookPorts, { dryRun }: { readonly dryRun: boolean }) => {
  const notes: Note[] = [importFile(ports, dryRun)]
  try {
    notes.push(...(await importState(ports, dryRun)))
  } catch (error) {
    if (!(error instanceof WtError) || error.code !== 'NOT_A_REPOSITORY') throw error
    notes.push({ kind: 'hint', text: 'to copy what is kept of branches, run it again in a repository' })
  }
  return notes
}
