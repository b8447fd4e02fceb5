import type { EffectiveRow, Origin } from '../../core/config-origins.ts'
import { tomlPath, tomlValue } from '../../core/toml-text.ts'
import type { ConfigFile, ConfigReport } from '../../settings/config/result.ts'
import { aligned } from '../aligned.ts'
import { message } from '../message.ts'
import { sanitize } from '../sanitize.ts'
import type { Style } from '../style.ts'

const short = (path: string, home: string | undefined): string =>
  home !== undefined && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path

/** Where a value comes from, in words. */
const originText = ({ kind, name, entry }: Origin, home: string | undefined): string => {
  const where = kind === 'default' ? 'default' : short(name ?? kind, home)
  return entry === undefined ? where : `${where} [projects.${tomlPath([entry])}]`
}

const told = (errors: readonly string[], warnings: readonly string[], style: Style): readonly string[] => [
  ...errors.map((text) => message('error', text, style)),
  ...warnings.map((text) => message('warning', text, style)),
]

const part = (title: string, lines: readonly string[], style: Style): string =>
  `${style.bold(title)}\n${lines.map((line) => `${line}\n`).join('')}\n`

const fileLines = ({ path, exists, errors, warnings }: ConfigFile, { home }: ConfigReport, style: Style) => [
  message('info', path === undefined ? 'none here' : `${short(path, home)}${exists ? '' : ' (not there)'}`, style),
  ...told(errors, warnings, style),
]

const approvalLines = ({ approvals: { path, error, waiting }, home }: ConfigReport, style: Style) => [
  message('info', path === undefined ? 'none here' : short(path, home), style),
  ...(error === undefined ? [] : [message('error', error, style)]),
  message('info', `commands of the project that wait for approval: ${waiting}`, style),
]

/** Cells: a longer value pushes its origin aside instead of all of them. */
const WIDEST = 80

/** Values in force as TOML, one line each, with their origins. */
const renderRows = (rows: readonly EffectiveRow[], home: string | undefined, style: Style): readonly string[] =>
  aligned(
    rows.map(({ path, value, origin }) => [`${tomlPath(path)} = ${tomlValue(value)}`, `# ${originText(origin, home)}`]),
    '  ',
    WIDEST,
  ).map((line, at) => (rows[at]?.origin.kind === 'default' ? style.dim(line) : line))

/** Everything that configures `wt` here, in parts. */
export const renderConfig = (report: ConfigReport, style: Style): string => {
  const { system, user, project, identifier, overrides, problems, rows, home } = report
  const known = identifier === undefined ? [] : [message('info', `identifier: ${identifier}`, style)]
  const others = told([...overrides.errors, ...problems], overrides.warnings, style)
  return [
    part('SYSTEM CONFIG', fileLines(system, report, style), style),
    part('USER CONFIG', fileLines(user, report, style), style),
    part('PROJECT CONFIG', [...known, ...fileLines(project, report, style)], style),
    part('APPROVALS', approvalLines(report, style), style),
    others.length === 0 ? '' : part('PROBLEMS', others, style),
    part('EFFECTIVE', renderRows(rows, home, style), style).trimEnd(),
    '\n',
  ].join('')
}

/** Whether something that configures `wt` can't be used. Keys that nobody knows are no such thing. */
export const configFailed = ({ system, user, project, overrides, approvals, problems }: ConfigReport): boolean =>
  [system, user, project, overrides].some(({ errors }) => errors.length > 0) ||
  approvals.error !== undefined ||
  problems.length > 0

/** Values for a script: text as it is, everything else as TOML; with its origin in front, and its key where there are more. */
export const renderValues = (
  rows: readonly EffectiveRow[],
  { exact, origins, home }: { readonly exact: boolean; readonly origins: boolean; readonly home: string | undefined },
): string =>
  rows
    .map(({ path, value, origin }) => {
      const text = exact
        ? typeof value === 'string'
          ? value
          : tomlValue(value)
        : `${tomlPath(path)} = ${tomlValue(value)}`
      return `${origins ? `${sanitize(originText(origin, home))}\t` : ''}${text}\n`
    })
    .join('')
