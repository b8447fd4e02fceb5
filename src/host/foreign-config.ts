import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { type ConfigPlace, userConfigPath } from './config-places.ts'
import { readTextFile } from './files.ts'

/** The file in which Worktrunk, whose keys are the same, keeps its configuration; undefined where none is known. */
export const worktrunkConfigPath = ({ env, homeDir, platform = process.platform }: ConfigPlace): string | undefined => {
  const absolute = (path: string | undefined): string | undefined => (path && isAbsolute(path) ? path : undefined)
  const home = homeDir === undefined ? undefined : join(homeDir, '.config')
  const directory = platform === 'win32' ? absolute(env.APPDATA) : (absolute(env.XDG_CONFIG_HOME) ?? home)
  return directory === undefined ? undefined : join(directory, 'worktrunk', 'config.toml')
}

/** Whether the sentence has been said, is noted beside what else is remembered for the user. */
const noteFile = ({ env, homeDir }: ConfigPlace): string | undefined => {
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : undefined
  const directory = base ?? (homeDir === undefined ? undefined : join(homeDir, '.cache'))
  return directory === undefined ? undefined : join(directory, 'wt', 'import-told')
}

/** Notes something for the first time; false when it was noted before, or can't be. */
const noteOnce = (file: string): boolean => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

/**
 * What a user who has come from Worktrunk is told at the first run: that there is a configuration to copy. Undefined
 * where there is nothing to say, or it has been said.
 */
export const importNotice = (place: ConfigPlace): string | undefined => {
  if (place.configPath || place.env.WT_CONFIG_PATH) return undefined
  const [own, theirs, note] = [userConfigPath(place), worktrunkConfigPath(place), noteFile(place)]
  if (own === undefined || theirs === undefined || note === undefined) return undefined
  if (readTextFile(own).kind !== 'missing' || readTextFile(theirs).kind === 'missing') return undefined
  if (!noteOnce(note)) return undefined
  return `there is no ${own}, but there is ${theirs}\nto copy it, and what is kept of branches: wt config import`
}
