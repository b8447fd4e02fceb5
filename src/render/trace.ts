import { decodeBytes } from '../core/bytes.ts'
import type { Profile } from '../core/profile.ts'
import type { TraceRecord } from '../core/trace.ts'
import { renderProfile } from './settings/profile.ts'
import { makeStyle } from './style.ts'
import { duration, recordLabel } from './trace-words.ts'

/** A record as a line of `trace.log`: when it began, how long it took, what it was. */
export const renderRecord = (record: TraceRecord): string =>
  `${duration(record.at).padStart(12)} ${`+${duration(record.duration)}`.padStart(13)}  ${recordLabel(record)}\n`

/** Characters of one output that are kept. */
const KEPT = 65_536

/** Settings hold passwords and tokens. */
const WITHHELD = '(settings are not written down)'

/** What a git printed, as a part of `subprocess.log`. */
export const renderPrinted = (git: {
  readonly args: readonly string[]
  readonly cwd: string
  readonly code: number | undefined
  readonly stdout: Uint8Array
  readonly stderr: string | Uint8Array
}): string => {
  const { args, cwd, code, stdout, stderr } = git
  const text = args.includes('config') ? WITHHELD : decodeBytes(stdout.subarray(0, KEPT)).replaceAll('\0', '\n')
  const complaints = typeof stderr === 'string' ? stderr : decodeBytes(stderr)
  const lines = `${text}${stdout.length > KEPT ? '…' : ''}\n${complaints}`.split('\n').filter((line) => line !== '')
  return `git ${args.join(' ')} [${cwd}] ${code ?? 'killed'}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

/** What a report says of the run itself. */
export interface Ran {
  readonly command: string
  readonly code: number
  readonly version: string
  readonly node: string
  readonly platform: string
}

/** The report of a run, to go into an issue. */
export const renderDiagnostic = ({ command, code, version, node, platform }: Ran, profile: Profile): string =>
  `# A run of wt

- command: \`${command}\`
- exit code: ${code}
- wt ${version}, Node ${node}, ${platform}

\`\`\`
${renderProfile(profile, makeStyle(false))}\`\`\`

Beside this file: \`trace.log\`, \`subprocess.log\`. Look through all of them before you show them to anybody: paths and names are in them, and whatever stood on the command line.
`
