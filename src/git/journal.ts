import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EffectReport } from '../core/applied.ts'
import type { AbsolutePath, ObjectId, RefName } from '../core/ids.ts'
import type { RefChange } from '../core/snapshot.ts'
import { uniqueName } from '../core/unique-name.ts'

/** How an operation ended. */
export type OperationOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** What is known of an operation when it ends. */
export interface Operation {
  readonly at: Date
  /** The command line, as the program received it. */
  readonly command: readonly string[]
  readonly changes: readonly RefChange[]
  readonly outcome: OperationOutcome
  /** What happened beyond refs; nothing where it is left out. */
  readonly reports?: readonly EffectReport[]
}

/** One operation as its file holds it. A missing `before` or `after` means that the ref was not there. */
export interface OperationRecord {
  readonly version: 1
  readonly id: string
  /** ISO 8601, UTC. */
  readonly time: string
  readonly command: readonly string[]
  readonly outcome: OperationOutcome
  readonly changes: readonly { readonly ref: RefName; readonly before?: ObjectId; readonly after?: ObjectId }[]
  readonly worktrees: { readonly added: readonly AbsolutePath[]; readonly removed: readonly AbsolutePath[] }
  /** Where removed files went. */
  readonly kept: readonly AbsolutePath[]
}

/** Whether the record was written, and if not, what to tell the user. */
export type Journaled =
  | { readonly kind: 'written'; readonly id: string }
  | { readonly kind: 'unwritten'; readonly warning: string }

/** Where the operations of a repository are recorded, one file each, in names that sort by time. */
export const operationsDirectory = (commonDir: AbsolutePath): AbsolutePath =>
  join(commonDir, 'wt', 'operations') as AbsolutePath

/** Where an effect has put what it moved out of the way. */
const keptBy = (report: EffectReport): readonly AbsolutePath[] => {
  if (report.kind === 'set-aside') return [report.to]
  return report.kind === 'worktree-removed' ? [report.kept] : []
}

const recordOf = ({ at, command, changes, outcome, reports = [] }: Operation): OperationRecord => {
  const time = at.toISOString()
  return {
    version: 1,
    id: `${time.replaceAll(/[-:.]/g, '')}-${uniqueName()}`,
    time,
    command,
    outcome,
    changes: changes.map(({ name, before, after }) => ({
      ref: name,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    })),
    worktrees: {
      added: reports.flatMap((report) => (report.kind === 'worktree-added' ? report.path : [])),
      removed: reports.flatMap((report) => (report.kind === 'worktree-removed' ? report.path : [])),
    },
    kept: reports.flatMap(keptBy),
  }
}

/**
 * Records one operation. Written under another name first, so that whoever reads the directory sees whole records only.
 * What was done is done: a journal that can't be written is a warning, never an error.
 */
export const recordOperation = async (commonDir: AbsolutePath, operation: Operation): Promise<Journaled> => {
  const directory = operationsDirectory(commonDir)
  const record = recordOf(operation)
  const draft = join(directory, `.${record.id}.tmp`)
  try {
    await mkdir(directory, { recursive: true })
    await writeFile(draft, `${JSON.stringify(record, undefined, 2)}\n`, { flag: 'wx' })
    await rename(draft, join(directory, `${record.id}.json`))
    return { kind: 'written', id: record.id }
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'unwritten', warning: `the operation is not in the journal: ${reason}` }
  }
}
