import type { EffectiveRow, Origin } from '../../core/config-origins.ts'
import { keyPath } from '../../core/config-value.ts'
import type { ConfigFile, ConfigReport } from '../../settings/config/result.ts'

const originJson = ({ kind, name, entry }: Origin): object => ({
  kind: kind.replace('-', '_'),
  ...(name !== undefined && { name }),
  ...(entry !== undefined && { project: entry }),
})

/** Values in force, each with where it comes from. */
export const rowsJson = (rows: readonly EffectiveRow[]): readonly object[] =>
  rows.map(({ path, value, origin }) => ({ key: keyPath(path), value, origin: originJson(origin) }))

const problemsJson = ({ errors, warnings }: Pick<ConfigFile, 'errors' | 'warnings'>): object => ({ errors, warnings })

const fileJson = (file: ConfigFile): object => ({
  path: file.path ?? null,
  exists: file.exists,
  ...problemsJson(file),
})

/** Everything that configures `wt` here. A file that can't be parsed has `config: null`. */
export const configJson = ({
  system,
  user,
  project,
  identifier,
  overrides,
  approvals,
  problems,
  rows,
}: ConfigReport): object => ({
  user: { ...fileJson(user), config: user.table ?? null },
  project: { ...fileJson(project), identifier: identifier ?? null, config: project.table ?? null },
  system: { ...fileJson(system), config: system.table ?? null },
  overrides: problemsJson(overrides),
  approvals: {
    path: approvals.path ?? null,
    exists: approvals.exists,
    waiting: approvals.waiting,
    error: approvals.error ?? null,
  },
  problems,
  effective: rowsJson(rows),
})
