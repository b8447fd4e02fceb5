import { renameSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { EffectReport } from '../../core/applied.ts'
import { encodeBytes } from '../../core/bytes.ts'
import type { StagedEntry } from '../../core/carry.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { Effect } from '../../core/plan.ts'
import { uniqueName } from '../../core/unique-name.ts'
import { enterSection, undoing } from '../foreground.ts'
import type { GitReader } from '../git.ts'
import { onDisk } from '../paths.ts'
import type { GitWriter } from '../writer.ts'
import { copyFiles, dropEmptyParents, dropFile, isSameFile, stateOf } from './carry-files.ts'
import { dropCarry, holdOf, writeCarry } from './carry-record.ts'
import { type Carriable, readCarriable } from './read-carry.ts'

type Carry = Effect & { readonly kind: 'carry' }

interface CarryContext {
  readonly reader: GitReader
  readonly writer: GitWriter
  readonly commonDir: AbsolutePath
}

const failed = ({ from, to }: Carry, reason: string): WtError =>
  new WtError('CARRY_FAILED', `the changes could not be moved to ${to}: ${reason}`, {
    hint: `they are all still in ${from}; the new worktree is there without them`,
  })

const sameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const NOTHING = '0'

const stage = async ({ writer }: CarryContext, to: AbsolutePath, staged: readonly StagedEntry[]): Promise<void> => {
  if (staged.length === 0) return
  const width = staged.find(({ oid }) => oid !== undefined)?.oid?.length ?? 40
  const lines = staged.map(({ path, mode, oid }) =>
    oid === undefined ? `0 ${NOTHING.repeat(width)}\t${path}\0` : `${mode} ${oid}\t${path}\0`,
  )
  await writer.write(['update-index', '-z', '--index-info'], { cwd: to, input: encodeBytes(lines.join('')) })
}

/** Fills the new worktree and makes sure that it now says of itself, record by record, what the old one says. */
const copy = async (context: CarryContext, effect: Carry, made: Set<string>): Promise<Carriable> => {
  const { from, to, paths, staged } = effect
  const before = await readCarriable(context.reader, from)
  if (!sameList(before.paths, paths) || !sameList(before.staged, staged)) {
    throw failed(effect, 'they changed meanwhile')
  }
  copyFiles(from, to, paths, (path) => void made.add(path))
  await stage(context, to, staged)
  const after = await readCarriable(context.reader, to)
  if (!sameList(after.records, before.records)) throw failed(effect, 'they would not be the same there')
  return before
}

/** The new worktree as it was before anything was copied into it. */
const restoreTarget = ({ writer }: CarryContext, to: AbsolutePath, made: ReadonlySet<string>): Promise<void> =>
  undoing(async () => {
    for (const path of made) dropFile(to, path)
    await writer.write(['reset', '--hard', '-q', '--no-recurse-submodules'], { cwd: to })
  })

/**
 * Takes one file out of the old worktree by moving it away, and deletes it only if it is what was copied: whatever was
 * written to it in the last moment stays where it was moved to. Whether it could be deleted is the answer.
 */
const takeAway = (source: string, held: string, state: string): boolean => {
  if (state === '') return true
  try {
    renameSync(onDisk(source), onDisk(held))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return true
    if (code !== 'EXDEV') throw error
    // Another file system: there is no moving, only one more look.
    if (stateOf(source) !== state) return false
    unlinkSync(onDisk(source))
    return true
  }
  if (stateOf(held) !== state) return false
  unlinkSync(onDisk(held))
  return true
}

/** Brings the old worktree back to its commit, for exactly these paths. */
const clean = async (
  { writer, commonDir }: CarryContext,
  { from, paths }: Carry,
  states: ReadonlyMap<string, string>,
  token: string,
): Promise<boolean> => {
  let all = true
  for (const [at, { path }] of paths.entries()) {
    const held = join(holdOf(commonDir, token), String(at))
    all = takeAway(join(from, path), held, states.get(path) ?? '') && all
    dropEmptyParents(from, path)
  }
  const known = paths.filter(({ untracked }) => !untracked).map(({ path }) => `${path}\0`)
  if (known.length > 0) {
    const args = ['restore', '--source=HEAD', '--staged', '--worktree', '--no-recurse-submodules']
    await writer.write([...args, '--pathspec-from-file=-', '--pathspec-file-nul'], {
      cwd: from,
      env: { GIT_LITERAL_PATHSPECS: '1' },
      input: encodeBytes(known.join('')),
    })
  }
  return all
}

/**
 * Moves uncommitted changes into a worktree that was just added: what is staged stays staged, what is not stays not.
 * Everything is copied and compared first; only then is it taken away from where it was. Until that begins a failure or a
 * signal leaves the old worktree untouched; from then on it runs to its end. Throws CARRY_FAILED.
 */
export const carryChanges = async (context: CarryContext, effect: Carry): Promise<EffectReport> => {
  const { reader, commonDir } = context
  const { from, to, paths } = effect
  const token = uniqueName()
  const made = new Set<string>()
  const leave = enterSection()
  try {
    const states = new Map(paths.map(({ path }) => [path, stateOf(join(from, path))]))
    try {
      const before = await copy(context, effect, made)
      if (!paths.every(({ path }) => isSameFile(join(from, path), join(to, path)))) {
        throw failed(effect, 'a copy differs')
      }
      const now = await readCarriable(reader, from)
      const still = paths.every(({ path }) => stateOf(join(from, path)) === states.get(path))
      if (!still || !sameList(now.records, before.records)) throw failed(effect, 'they changed meanwhile')
      writeCarry(commonDir, token, from, to)
    } catch (error) {
      await restoreTarget(context, to, made)
      throw error instanceof WtError || !(error instanceof Error && 'code' in error)
        ? error
        : failed(effect, error.message)
    }
    const all = await undoing(() => clean(context, effect, states, token))
    dropCarry(commonDir, token, all)
    if (!all) {
      throw new WtError('CARRY_FAILED', `a file changed in ${from} while the changes were moved to ${to}`, {
        hint: `its last state is in ${holdOf(commonDir, token)}`,
      })
    }
    return { kind: 'carried', from, to, count: paths.length }
  } finally {
    leave()
  }
}
