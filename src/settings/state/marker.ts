import { allMarkers, markerIn, markerKey, markerValue } from '../../core/branch-state.ts'
import { WtError } from '../../core/errors.ts'
import { locate } from '../../git/layout.ts'
import { branchPlace, type StatePorts, settingsAt, writeState } from './place.ts'
import type { BranchMarker, Note } from './result.ts'

/** The marker of a branch; undefined where it has none. Throws what `branchPlace` throws, and what git's settings throw. */
export const getMarker = async (ports: StatePorts, token: string | undefined): Promise<BranchMarker | undefined> => {
  const { layout, branch } = await branchPlace(ports, token)
  const marker = markerIn(await settingsAt(layout, ports), branch)
  return marker === undefined ? undefined : { branch, ...marker }
}

/** Agents call this at every turn, wherever they are: outside of a repository there is nothing to do, and no failure. */
const inRepository = async (act: () => Promise<readonly Note[]>): Promise<readonly Note[]> => {
  try {
    return await act()
  } catch (error) {
    if (error instanceof WtError && error.code === 'NOT_A_REPOSITORY') return []
    throw error
  }
}

/** Puts a marker on a branch. Starts no process for the branch at hand. Throws what `branchPlace` and writing throw. */
export const setMarker = (ports: StatePorts, token: string | undefined, text: string): Promise<readonly Note[]> =>
  inRepository(async () => {
    const { layout, branch } = await branchPlace(ports, token)
    const value = markerValue(text, Math.floor(ports.now() / 1000))
    await writeState(layout.commonDir, ports, [{ key: markerKey(branch), value }])
    return [{ kind: 'success', text: `marked ${branch} with ${text}` }]
  })

/** Takes the marker off a branch. Whether there was one is not asked: that would take a process. */
export const clearMarker = (ports: StatePorts, token: string | undefined): Promise<readonly Note[]> =>
  inRepository(async () => {
    const { layout, branch } = await branchPlace(ports, token)
    await writeState(layout.commonDir, ports, [{ key: markerKey(branch), value: undefined }])
    return [{ kind: 'success', text: `${branch} has no marker now` }]
  })

/** Takes the markers off all branches. */
export const clearMarkers = (ports: StatePorts): Promise<readonly Note[]> =>
  inRepository(async () => {
    const layout = locate(ports.cwd, ports.env)
    const markers = allMarkers(await settingsAt(layout, ports))
    const edits = markers.map(({ branch }) => ({ key: markerKey(branch), value: undefined }))
    await writeState(layout.commonDir, ports, edits)
    if (markers.length === 0) return [{ kind: 'info', text: 'there are no markers' }]
    return [{ kind: 'success', text: `took the marker off ${markers.map(({ branch }) => branch).join(', ')}` }]
  })
