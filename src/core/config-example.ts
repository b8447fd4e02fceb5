import { ENTRY_SETTINGS, PROJECT_SETTINGS, type Setting, USER_SETTINGS } from './config-reference.ts'
import { tomlValue } from './toml-text.ts'

const sectionOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf('.')))

const NAMES: Readonly<Record<string, string>> = { '<header>': 'Ticket', '<name>': 'hello' }

const named = (text: string): string => text.replace(/<\w+>/g, (name) => NAMES[name] ?? name)

const lineOf = ({ key, meaning, initial, example }: Setting, section = sectionOf(key)): string => {
  const value = example ?? (initial === undefined ? '""' : tomlValue(initial))
  return `## ${meaning}\n# ${named(key.slice(section === '' ? 0 : section.length + 1))} = ${value}\n`
}

const sections = (settings: readonly Setting[]): string => {
  const names = [...new Set(settings.map(({ key }) => sectionOf(key)))].sort()
  return names
    .map((name) => {
      const lines = settings.filter(({ key }) => sectionOf(key) === name).map((setting) => lineOf(setting))
      return `${name === '' ? '' : `# [${named(name)}]\n`}${lines.join('')}`
    })
    .join('\n')
}

/** A file for a user that says what can be set, all of it commented out. */
export const userExample =
  (): string => `## What wt does for you, in all repositories. Take the "# " off a line and off the [table] above it to set a key; the
## values that stand here are the ones in force anyway, or examples.

${sections(USER_SETTINGS)}
## For one project, or for all that a pattern means, everything above can be set again, and some more. What a project
## goes by, wt config show tells.
# [projects."github.com/you/*"]
${ENTRY_SETTINGS.map((setting) => lineOf(setting, '')).join('')}`

/** A file for a project that says what can be set, all of it commented out. */
export const projectExample =
  (): string => `## What wt does in this project, for everybody who works on it. Commands run only after they have been approved.

${sections(PROJECT_SETTINGS)}`
