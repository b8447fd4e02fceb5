import { byteCount } from './byte-count.ts'
import type { Config, CustomColumn, MergeConfig, StageMode } from './config.ts'
import { flattenLayers, type LaidLayers } from './config-layers.ts'
import { type ConfigTable, isTable, valueAt } from './config-value.ts'
import { aliasesOf, hooksOf } from './hooks.ts'

/** Where worktrees are put unless the user says otherwise. */
export const DEFAULT_PATH = '{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}'

/** 50 MB. */
const KEEP = 50_000_000

const flag = (table: ConfigTable, ...path: readonly string[]): boolean => valueAt(table, ...path) === true

const WIDTH = 40
const PRIORITY = 9

const customColumns = (table: ConfigTable): readonly CustomColumn[] => {
  const columns = valueAt(table, 'list', 'custom-columns')
  if (!isTable(columns)) return []
  return Object.keys(columns)
    .sort()
    .flatMap((header) => {
      const template = valueAt(columns, header, 'template')
      if (typeof template !== 'string') return []
      const width = Number(valueAt(columns, header, 'width') ?? WIDTH)
      return [{ header, template, width, priority: Number(valueAt(columns, header, 'priority') ?? PRIORITY) }]
    })
}

const textsAt = (table: ConfigTable, key: string): readonly string[] => {
  const value = valueAt(table, key)
  return Array.isArray(value) ? value.map(String) : []
}

/** A text that is not blank; undefined where there is none. */
export const text = (table: ConfigTable, ...path: readonly string[]): string | undefined => {
  const value = valueAt(table, ...path)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

const toCommit = (table: ConfigTable): Config['commit'] => ({
  stage: (text(table, 'commit', 'stage') ?? 'all') as StageMode,
  generation: {
    command: text(table, 'commit', 'generation', 'command'),
    template: text(table, 'commit', 'generation', 'template'),
    squashTemplate: text(table, 'commit', 'generation', 'squash-template'),
    templateAppend: text(table, 'commit', 'generation', 'template-append'),
  },
})

const toMerge = (table: ConfigTable): MergeConfig => {
  const wanted = (key: string): boolean => valueAt(table, 'merge', key) !== false
  return {
    squash: wanted('squash'),
    commit: wanted('commit'),
    rebase: wanted('rebase'),
    remove: wanted('remove'),
    verify: wanted('verify'),
    ff: wanted('ff'),
  }
}

/** The configuration that a merged table means; what a list accumulates over layers is left out. */
export const toConfig = (laid: LaidLayers): Omit<Config, 'copyIgnoredExclude'> => {
  const table = flattenLayers(laid)
  const columns = valueAt(table, 'list', 'columns')
  return {
    worktreePath: String(valueAt(table, 'worktree-path') ?? DEFAULT_PATH),
    list: {
      branches: flag(table, 'list', 'branches'),
      remotes: flag(table, 'list', 'remotes'),
      full: flag(table, 'list', 'full'),
      summary: flag(table, 'list', 'summary'),
      timeoutMs: Number(valueAt(table, 'list', 'timeout-ms') ?? 0),
      columns: Array.isArray(columns) && columns.length > 0 ? columns.map(String) : undefined,
      customColumns: customColumns(table),
    },
    switch: { cd: valueAt(table, 'switch', 'cd') !== false },
    remove: {
      deleteBranch: valueAt(table, 'remove', 'delete-branch') !== false,
      keep: byteCount(String(valueAt(table, 'remove', 'keep') ?? '')) ?? KEEP,
    },
    hooks: hooksOf([laid.globals, ...laid.entries]),
    aliases: aliasesOf([laid.globals, ...laid.entries]),
    approvedCommands: laid.entries.flatMap((entry) => textsAt(entry, 'approved-commands')),
    commit: toCommit(table),
    merge: toMerge(table),
  }
}
