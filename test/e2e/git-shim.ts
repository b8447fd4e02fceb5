import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { inject } from 'vitest'
import { withProgram } from '../support/cli.ts'

/** A `git` that stands before the real one. */
export interface GitShim {
  /** The environment with the shim first on PATH. */
  readonly env: Readonly<Record<string, string>>
  /** What was noted since the last call of this function, line by line. */
  take(): readonly string[]
}

const realGit = (path: string): string => {
  const found = path.split(delimiter).find((directory) => existsSync(join(directory, 'git')))
  if (found === undefined) throw new Error('there is no git on PATH')
  return join(found, 'git')
}

/** A shim from the text of a shell script, in which `$LOG` is a file to note in and `$GIT` the real git. */
const shim = (env: Readonly<Record<string, string>>, script: string): GitShim => {
  const directory = mkdtempSync(join(inject('tempRoot'), 'shim-'))
  const log = join(directory, 'log')
  writeFileSync(log, '')
  writeFileSync(join(directory, 'git'), `#!/bin/sh\nLOG='${log}'\nGIT='${realGit(env.PATH ?? '')}'\n${script}\n`)
  chmodSync(join(directory, 'git'), 0o755)
  return {
    env: withProgram(env, directory),
    take: () => {
      const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean)
      writeFileSync(log, '')
      return lines
    },
  }
}

/** Notes the arguments of every call, then is git. */
export const loggingGit = (env: Readonly<Record<string, string>>): GitShim =>
  shim(env, `printf '%s\\n' "$*" >> "$LOG"\nexec "$GIT" "$@"`)

/** Is git, except that a `status` never ends: it notes its process id and that of a child it waits for. */
export const hangingGit = (env: Readonly<Record<string, string>>): GitShim =>
  shim(
    env,
    `case " $* " in *' status '*) ;; *) exec "$GIT" "$@" ;; esac
sleep 300 &
echo "$$ $!" >> "$LOG"
wait`,
  )

/** Whether a process is still there, and not only waiting to be reaped. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return !existsSync('/proc/self/stat')
  }
}
