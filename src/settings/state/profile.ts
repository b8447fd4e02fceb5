import { resolve } from 'node:path'
import { WtError } from '../../core/errors.ts'
import { type Profile, profileOf } from '../../core/profile.ts'
import { parseTrace } from '../../core/trace.ts'
import { locate } from '../../git/layout.ts'
import { traceFile } from '../../git/trace-files.ts'
import { readTextFile } from '../../host/files.ts'
import type { StatePorts } from './place.ts'

const unreadable = (message: string): WtError =>
  new WtError('TRACE_UNREADABLE', message, { hint: 'to write one: run a command with -vv, such as wt -vv list' })

const textOf = (path: string): string => {
  const file = readTextFile(path, { regularOnly: false })
  if (file.kind === 'text') return file.text
  throw unreadable(file.kind === 'missing' ? `there is no trace ${path}` : `${path} could not be read: ${file.reason}`)
}

/**
 * Sums up a trace: of a file, of `input` (`-`), or of the last run in this repository that was told to write one. Throws
 * TRACE_UNREADABLE, NOT_A_REPOSITORY.
 */
export const readProfile = async (
  ports: StatePorts,
  file: string | undefined,
  input: () => Promise<string>,
): Promise<Profile> => {
  const path =
    file === undefined
      ? traceFile(locate(ports.cwd, ports.env).commonDir)
      : file === '-'
        ? file
        : resolve(ports.cwd, file)
  const records = parseTrace(path === '-' ? await input() : textOf(path))
  if (records.length > 0) return profileOf(records)
  throw unreadable(`there is no record of a trace in ${path === '-' ? 'what stands on stdin' : path}`)
}
