import { WtError } from '../../core/errors.ts'
import { nearestName } from '../../core/nearest.ts'
import { COLUMN_NAMES } from './result.ts'

/**
 * Checks `[list] columns`: names of ours, or headers of the user's own. Throws CONFIG_INVALID for a name that does not
 * exist or is given twice.
 */
export const parseColumns = (
  names: readonly string[] | undefined,
  headers: readonly string[],
): readonly string[] | undefined => {
  const known: readonly string[] = [...COLUMN_NAMES, ...headers]
  for (const [at, name] of (names ?? []).entries()) {
    if (names?.indexOf(name) !== at) throw new WtError('CONFIG_INVALID', `list.columns names "${name}" twice`)
    if (known.includes(name)) continue
    const nearest = nearestName(name, known)
    const hint = nearest === undefined ? `the columns are ${known.join(', ')}` : `did you mean "${nearest}"?`
    throw new WtError('CONFIG_INVALID', `list.columns names a column that does not exist: "${name}"`, { hint })
  }
  return names
}
