import type { CacheState, LogFile, Logs, RepositoryState } from '../../settings/state/result.ts'
import { aligned, section } from '../aligned.ts'
import { shortAge } from '../list/age.ts'
import { message } from '../message.ts'
import type { Style } from '../style.ts'

/** The stream that is drawn for, and the moment that ages are told from. Milliseconds since 1970. */
interface View {
  readonly style: Style
  readonly now: number
}

const one = (text: string | undefined): readonly string[] => (text === undefined ? [] : aligned([[text]], '  '))

const byteCount = (size: number): string =>
  size < 1024
    ? `${size} B`
    : size < 1024 ** 2
      ? `${(size / 1024).toFixed(1)} KB`
      : `${(size / 1024 ** 2).toFixed(1)} MB`

const files = (logs: readonly LogFile[], now: number): readonly string[] =>
  aligned(
    logs.map(({ file, size, modifiedAt }) => [file, byteCount(size), shortAge(modifiedAt, now)]),
    '  ',
  )

/** The logs, with where they lie. */
export const renderLogs = ({ directory, commands, hooks, diagnostics }: Logs, { style, now }: View): string =>
  section('COMMANDS', files(commands, now), style) +
  section('HOOKS AND BACKGROUND WORK', files(hooks, now), style) +
  section('DIAGNOSTICS', files(diagnostics, now), style) +
  section('WHERE', one(directory), style)

/** What can be found again. */
export const renderCache = ({ previousBranch, answers, hints }: CacheState, style: Style): string =>
  section('PREVIOUS BRANCH', one(previousBranch), style) +
  section('ANSWERS ABOUT OBJECTS', answers === 0 ? [] : [`  ${answers}`], style) +
  section('HINTS SHOWN', hints.flatMap(one), style)

/** Where the kept default branch is not what the remote says; undefined where there is nothing to say. */
const drift = ({ defaultBranch, remoteHead }: RepositoryState, style: Style): string =>
  defaultBranch === undefined || remoteHead === undefined || defaultBranch === remoteHead
    ? ''
    : `${message('warning', `the default branch is kept as ${defaultBranch}, and the remote’s HEAD names ${remoteHead}`, style)}\n${message('hint', `to follow it: wt config state default-branch set ${remoteHead}`, style)}\n`

/** Everything that is kept: the answer, and what is odd about it. */
export const renderEverything = (
  state: RepositoryState,
  { style, now }: View,
  err: Style,
): { readonly answer: string; readonly narration: string } => ({
  answer:
    section('DEFAULT BRANCH', one(state.defaultBranch), style) +
    section(
      'MARKERS',
      aligned(
        state.markers.map(({ branch, text, setAt }) => [branch, text, setAt === undefined ? '' : shortAge(setAt, now)]),
        '  ',
      ),
      style,
    ) +
    section(
      'VARIABLES',
      aligned(
        state.vars.map(({ branch, name, value }) => [branch, name, value]),
        '  ',
      ),
      style,
    ) +
    renderCache(state, style) +
    renderLogs(state.logs, { style, now }) +
    section(
      'TRASH',
      aligned(
        state.trash.map(({ path, modifiedAt }) => [path, shortAge(modifiedAt, now)]),
        '  ',
      ),
      style,
    ),
  narration: drift(state, err),
})

/** Variables for a script: name, tab, value. Lines of a value that has several stand as they are. */
export const varLines = (vars: ReadonlyMap<string, string>): string =>
  [...vars].map(([name, value]) => `${name}\t${value}\n`).join('')
