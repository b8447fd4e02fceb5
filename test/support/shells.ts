import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { commandSpecs } from '../../src/cli/command-specs.ts'
import { commands } from '../../src/commands/index.ts'
import type { CommandSpec } from '../../src/core/command-spec.ts'
import { initScript } from '../../src/shell/init.ts'
import type { Shell } from '../../src/shell/shells.ts'

/** Whether a program is on PATH, for tests that are skipped by name where it is not. */
export const has = (program: string): boolean =>
  (process.env.PATH ?? '').split(':').some((directory) => existsSync(join(directory, program)))

/** How each shell is started so that nothing of the developer's is read. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc', '--noprofile', '-c'],
  zsh: ['-f', '-c'],
  fish: ['--no-config', '-c'],
  nu: ['--no-config-file', '--no-std-lib', '-c'],
}

/** What a shell printed and left with. Standard output is bytes, one character each. */
interface ShellAnswer {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** A place where a shell is tried out: an empty home, a directory for temporary files, a program to be wrapped. */
export interface ShellRoom {
  readonly base: string
  readonly env: Readonly<Record<string, string>>
  /** Runs a piece of shell after the integration has been loaded, as a start-up file would. */
  run(shell: Shell, script: string, env?: Readonly<Record<string, string>>): ShellAnswer
  /** The file with the integration's code for a shell. */
  init(shell: Shell): string
  /** Makes an executable and returns its path. */
  program(name: string, script: string): string
  /** What lies in the directory for temporary files, but for what fish keeps there for itself. */
  leftovers(): readonly string[]
}

const SPECS: readonly CommandSpec[] = await commandSpecs(commands)

/** Writes the program that stands in for `wt`: it notes its arguments, writes the hand-off file, and leaves. */
const FAKE = `printf '<%s>' "$@"; echo
[ -z "$WT_DIRECTIVE_CD_FILE" ] || stat -c 'mode %a, size %s' "$WT_DIRECTIVE_CD_FILE"
[ -z "$TO" ] || printf '%s\\n' "$TO" > "$WT_DIRECTIVE_CD_FILE"
exit "\${CODE:-0}"`

/** A fresh room. `name` is the command's name; `specs` are what completion knows. */
export const shellRoom = (name = 'wt', specs: readonly CommandSpec[] = SPECS): ShellRoom => {
  const base = realpathSync(mkdtempSync(join(inject('tempRoot'), 'shell-')))
  for (const each of ['home', 'tmp', 'bin']) mkdirSync(join(base, each))
  const program = (file: string, script: string): string => {
    const path = join(base, 'bin', file)
    writeFileSync(path, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
    return path
  }
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(base, 'home'),
    TMPDIR: join(base, 'tmp'),
    LC_ALL: 'C.UTF-8',
    TERM: 'xterm',
    WT_BIN: program('fake', FAKE),
  }
  const init = (shell: Shell): string => {
    const path = join(base, `init.${shell}`)
    if (!existsSync(path)) writeFileSync(path, initScript(shell, name, specs))
    return path
  }
  return {
    base,
    env,
    init,
    program,
    run: (shell, script, extra = {}) => {
      const load = shell === 'nu' ? `use ${init(shell)} *` : `. ${init(shell)}`
      const { status, signal, stdout, stderr } = spawnSync(
        shell,
        [...(ARGUMENTS[shell] ?? []), script.replaceAll('LOAD', load)],
        { cwd: base, env: { ...env, ...extra }, timeout: 20_000 },
      )
      return { code: status, signal, out: stdout.toString('latin1'), err: stderr.toString() }
    },
    leftovers: () => readdirSync(join(base, 'tmp')).filter((each) => !each.startsWith('fish.')),
  }
}
