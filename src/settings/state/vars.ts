import { isVarName, storedVarName, varKey, varsIn } from '../../core/branch-state.ts'
import { WtError } from '../../core/errors.ts'
import { branchPlace, type StatePorts, settingsAt, writeState } from './place.ts'
import type { Note } from './result.ts'

const checked = (name: string): string => {
  if (isVarName(name)) return name
  throw new WtError('INVALID_KEY', `a variable can’t be called ${JSON.stringify(name)}`, {
    hint: 'a name begins with a letter and goes on with letters, digits and hyphens',
  })
}

/** The variables of a branch by name. Throws what `branchPlace` throws, and what git's settings throw. */
export const listVars = async (ports: StatePorts, token: string | undefined): Promise<ReadonlyMap<string, string>> => {
  const { layout, branch } = await branchPlace(ports, token)
  return varsIn(await settingsAt(layout, ports), branch)
}

/** The value of one variable; undefined where there is none. Throws INVALID_KEY too. */
export const getVar = async (ports: StatePorts, token: string | undefined, name: string): Promise<string | undefined> =>
  (await listVars(ports, token)).get(storedVarName(checked(name)))

/** Sets one variable. Starts no process for the branch at hand. Throws INVALID_KEY, STATE_UNWRITABLE too. */
export const setVar = async (
  ports: StatePorts,
  token: string | undefined,
  name: string,
  value: string,
): Promise<readonly Note[]> => {
  checked(name)
  const { layout, branch } = await branchPlace(ports, token)
  await writeState(layout.commonDir, ports, [{ key: varKey(branch, name), value }])
  return [{ kind: 'success', text: `set ${name} of ${branch}` }]
}

/** Drops one variable of a branch. Throws INVALID_KEY, STATE_UNWRITABLE too. */
export const clearVar = async (
  ports: StatePorts,
  token: string | undefined,
  name: string,
): Promise<readonly Note[]> => {
  checked(name)
  const { layout, branch } = await branchPlace(ports, token)
  if (!varsIn(await settingsAt(layout, ports), branch).has(storedVarName(name))) {
    return [{ kind: 'info', text: `${branch} has no variable ${name}` }]
  }
  await writeState(layout.commonDir, ports, [{ key: varKey(branch, name), value: undefined }])
  return [{ kind: 'success', text: `cleared ${name} of ${branch}` }]
}

/** Drops all variables of a branch. Throws STATE_UNWRITABLE too. */
export const clearVars = async (ports: StatePorts, token: string | undefined): Promise<readonly Note[]> => {
  const { layout, branch } = await branchPlace(ports, token)
  const names = [...varsIn(await settingsAt(layout, ports), branch).keys()]
  await writeState(
    layout.commonDir,
    ports,
    names.map((name) => ({ key: varKey(branch, name), value: undefined })),
  )
  if (names.length === 0) return [{ kind: 'info', text: `${branch} has no variables` }]
  return [{ kind: 'success', text: `cleared ${names.join(', ')} of ${branch}` }]
}
