import { integratedName, integrationLine, linesOf } from '../install/lines.ts'
import { isInstalled, lookAtShells } from '../install/look.ts'
import type { InstallPlace } from '../install/place.ts'
import type { Site } from '../install/site.ts'
import { SHELLS, type Shell } from '../shells.ts'
import type { ShellState, ShowResult } from './result.ts'

const stateOf = (site: Site, name: string, env: InstallPlace['env']): ShellState => {
  const { shell } = site
  const available = isInstalled(shell, env)
  if (site.kind === 'files') {
    const paths = site.files.map(({ path }) => path)
    const current = site.files.filter(({ state, text }) => state.kind === 'file' && state.text === text).length
    const state = current === paths.length ? 'installed' : site.ours.length > 0 ? 'outdated' : 'absent'
    return { shell, available, state, paths, lines: [] }
  }
  const { file } = site
  const text = file.state.kind === 'file' ? file.state.text : ''
  const own = linesOf(text)
    .map((line) => line.replace(/\r?\n$/, ''))
    .filter((line) => integratedName(line, site.shell) === name)
  const state = own.length > 0 ? 'installed' : 'absent'
  return {
    shell,
    available,
    state,
    paths: [file.path],
    lines: own.length > 0 ? own : [integrationLine(site.shell, name)],
  }
}

/** Where the integration of each shell is or would be, and whether the shell that asks has it loaded. */
export const showShells = (place: InstallPlace, shell: Shell | undefined, name: string): ShowResult => ({
  shells: lookAtShells(place, shell === undefined ? SHELLS : [shell], name).map((site) =>
    stateOf(site, name, place.env),
  ),
  loaded: (place.env['WT_DIRECTIVE_CD_FILE'] ?? '') !== '',
})
