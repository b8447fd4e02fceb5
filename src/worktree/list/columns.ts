import { WtError } from '../../core/errors.ts'
import { nearestName } from '../../core/nearest.ts'
import { COLUMN_NAMES, type ColumnName } from './result.ts'

const isColumn = (name: string): name is ColumnName => (COLUMN_NAMES as readonly string[]).includes(name)

/** Checks `[list] columns`. Throws CONFIG_INVALID for a name that does not exist or is given twice. */
export const parseColumns = (names: readonly string[] | undefined): readonly ColumnName[] | undefined => {
  for (const [at, name] of (names ?? []).entries()) {
    if (names?.indexOf(name) !== at) throw new WtError('CONFIG_INVALID', `list.columns names "${name}" twice`)
    if (isColumn(name)) continue
    const nearest = nearestName(name, COLUMN_NAMES)
    const hint = nearest === undefined ? `the columns are ${COLUMN_NAMES.join(', ')}` : `did you mean "${nearest}"?`
    throw new WtError('CONFIG_INVALID', `list.columns names a column that does not exist: "${name}"`, { hint })
  }
  return names?.filter(isColumn)
}
