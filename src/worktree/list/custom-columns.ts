import { basename } from 'node:path'
import { varsIn } from '../../core/branch-state.ts'
import type { CustomColumn } from '../../core/config.ts'
import type { BranchName } from '../../core/ids.ts'
import { type BranchConfig, readBranchConfig } from '../../git/config-entries.ts'
import type { Repository } from '../../git/repository.ts'
import { type CellValues, compileColumn } from './column-template.ts'
import type { Subject } from './subjects.ts'

/** The cells of the user's own columns, by header; empty ones are left out. */
export type CustomCells = ReadonlyMap<Subject, Readonly<Record<string, string>>>

const NOTHING: BranchConfig = new Map()

const valuesOf = (subject: Subject, { settings }: Repository, config: BranchConfig): CellValues => {
  const branch = subject.kind === 'worktree' ? subject.worktree.branch : subject.branch
  const path = subject.kind === 'worktree' ? subject.worktree.path : ''
  const local = branch === undefined || subject.kind === 'remote' ? undefined : (branch as BranchName)
  return {
    variables: { branch, worktree_path: path, worktree_name: path === '' ? '' : basename(path) },
    vars: local === undefined ? new Map() : varsIn(settings, local),
    branchConfig: (local === undefined ? undefined : config.get(local)) ?? new Map(),
  }
}

/**
 * Fills the user's own columns. Git is asked for what it has configured for branches only where a column shows that.
 * Throws CONFIG_INVALID for a template that is wrong, GIT_FAILED.
 */
export const fillCustomColumns = async (
  columns: readonly CustomColumn[],
  subjects: readonly Subject[],
  repository: Repository,
): Promise<CustomCells> => {
  const compiled = await Promise.all(
    columns.map(async ({ header, template }) => ({ header, cell: await compileColumn(header, template) })),
  )
  if (compiled.length === 0) return new Map()
  const asks = columns.some(({ template }) => template.includes('git.branch'))
  const config = asks ? await readBranchConfig(repository.git) : NOTHING
  return new Map(
    subjects.map((subject) => {
      const values = valuesOf(subject, repository, config)
      const cells = compiled.map(({ header, cell }) => [header, cell(values)] as const)
      return [subject, Object.fromEntries(cells.filter(([, text]) => text !== ''))]
    }),
  )
}
