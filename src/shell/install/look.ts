import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram } from '../../host/program-answer.ts'
import { initScript } from '../init.ts'
import type { Shell } from '../shells.ts'
import { isOurs, type LineShell } from './lines.ts'
import { fishCompletionFile, fishFunctionFile } from './owned-files.ts'
import { bashFile, fishDirectory, type InstallPlace, nuDirectory, powershellFiles, zshFile } from './place.ts'
import type { FileState, Found, Site } from './site.ts'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)

const linkAt = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true

/**
 * A file as it is, links followed. Its bytes are kept as they are: each is one character of the text. Never throws.
 */
const fileState = (path: string): FileState => {
  try {
    if (!statSync(path).isFile()) return { kind: 'unusable', reason: 'it is not a regular file' }
    return { kind: 'file', text: readFileSync(path, 'latin1'), real: realpathSync(path) }
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'ENOENT') return { kind: 'unusable', reason: code === 'EACCES' ? 'permission denied' : code }
    return linkAt(path)
      ? { kind: 'unusable', reason: 'it is a link to a file that does not exist' }
      : { kind: 'missing' }
  }
}

const found = (path: string): Found => ({ path, state: fileState(path) })

/** The files of ours in a directory, whatever command they are for. */
const ownFiles = (directory: string, ending: string): readonly Found[] => {
  let names: readonly string[] = []
  try {
    names = readdirSync(directory)
  } catch {
    return []
  }
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => found(join(directory, name)))
    .filter(({ state }) => state.kind === 'file' && isOurs(state.text))
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const fishSite = (place: InstallPlace, name: string): Site | undefined => {
  const directory = fishDirectory(place)
  if (directory === undefined) return undefined
  const at = (...names: readonly string[]): Found => found(join(directory, ...names))
  const [functions, conf, completions] = ['functions', 'conf.d', 'completions'].map((each) => join(directory, each))
  const ours = [functions, conf, completions].flatMap((each) => ownFiles(each as string, '.fish'))
  return {
    kind: 'files',
    shell: 'fish',
    files: [
      { ...at('functions', `${name}.fish`), text: fishFunctionFile(name) },
      { ...at('completions', `${name}.fish`), text: fishCompletionFile(name) },
    ],
    ours,
    superseded: ours.filter(({ path }) => path === join(directory, 'conf.d', `${name}.fish`)),
    picked: isDirectory(functions as string) || ours.some(({ path }) => dirname(path) === conf),
    waitsFor: functions as string,
  }
}

const nuSite = (place: InstallPlace, name: string): Site | undefined => {
  const directory = nuDirectory(place)
  if (directory === undefined) return undefined
  return {
    kind: 'files',
    shell: 'nu',
    files: [
      {
        ...found(join(directory, `${name}.nu`)),
        text: `# wt shell integration for nushell\n${initScript('nu', name, [])}`,
      },
    ],
    ours: ownFiles(directory, '.nu'),
    superseded: [],
    picked: true,
    waitsFor: directory,
  }
}

const lineSite = (shell: LineShell, path: string | undefined, always = false): Site | undefined => {
  if (path === undefined) return undefined
  const file = found(path)
  return { kind: 'line', shell, file, picked: always || file.state.kind !== 'missing' }
}

const sitesOf = (shell: Shell, place: InstallPlace, name: string): readonly (Site | undefined)[] => {
  switch (shell) {
    case 'bash':
      return [lineSite(shell, bashFile(place))]
    case 'zsh':
      return [lineSite(shell, zshFile(place))]
    case 'powershell':
      return powershellFiles(place).map((path) => lineSite(shell, path, place.env['PSModulePath'] !== undefined))
    case 'fish':
      return [fishSite(place, name)]
    case 'nu':
      return [nuSite(place, name)]
  }
}

/** Where the integration is or would be, for each of these shells that has a place for it. */
export const lookAtShells = (place: InstallPlace, shells: readonly Shell[], name: string): readonly Site[] =>
  shells.flatMap((shell) => sitesOf(shell, place, name)).filter((site) => site !== undefined)

/** What a shell's program is called. */
export const isInstalled = (shell: Shell, env: InstallPlace['env']): boolean =>
  findProgram(shell === 'powershell' ? 'pwsh' : shell, env) !== undefined
