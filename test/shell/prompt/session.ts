import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject } from 'vitest'
import { type PromptShell, promptCode } from '../../../src/shell/prompt/code.ts'
import { copyBuilt, runBuilt } from '../../e2e/built.ts'
import { withProgram } from '../../support/cli.ts'

export type DrawingShell = Exclude<PromptShell, 'sh'>

/** Whether a program can be started here; tests of others are skipped by name. */
export const isInstalled = (program: string): boolean =>
  spawnSync(program, [program === 'tmux' ? '-V' : '--version']).error === undefined

export const DRAWING: readonly DrawingShell[] = ['bash', 'zsh', 'fish']

/** How each shell is started without anything of the user's. */
export const BARE: Readonly<Record<DrawingShell, readonly string[]>> = {
  bash: ['--norc', '--noprofile'],
  zsh: ['-f'],
  fish: ['--no-config'],
}

/** Reads command lines and runs each; what a line says of its prompt stands in a line of its own, between brackets. */
const LOOP: Readonly<Record<DrawingShell, string>> = {
  bash: `. "$CODE"; draw() { wt_prompt_update; printf '[%s]\\n' "$WT_PROMPT"; }
while IFS= read -r line; do eval "$line"; done`,
  zsh: `. "$CODE"; draw() { wt_prompt_update; print -r -- "[$WT_PROMPT]"; }
while IFS= read -r line; do eval "$line"; done`,
  fish: `source $CODE; function draw; wt_prompt >/dev/null; printf '[%s]\\n' "$WT_PROMPT"; end
while read -l line; eval $line; end`,
}

/** A `wt` to be found on PATH. `before` is shell that runs first, in which `$LOG` is a file to note in. */
export interface WtOnPath {
  readonly built: string
  readonly log: string
  readonly env: (env: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
}

/** Puts the built program on PATH as `wt`. */
export const wtOnPath = (before = ''): WtOnPath => {
  const built = copyBuilt()
  const bin = mkdtempSync(join(inject('tempRoot'), 'bin-'))
  const log = join(bin, 'log')
  writeFileSync(log, '')
  writeFileSync(join(bin, 'wt'), `#!/bin/sh\nLOG='${log}'\n${before}\nexec '${process.execPath}' '${built}' "$@"\n`)
  chmodSync(join(bin, 'wt'), 0o755)
  return { built, log, env: (env) => withProgram(env, bin) }
}

/** The code of a shell's segment as a file. */
export const codeFile = (shell: PromptShell): string => {
  const file = join(mkdtempSync(join(inject('tempRoot'), 'code-')), `prompt.${shell}`)
  writeFileSync(file, promptCode(shell, 'wt'))
  return file
}

/** A shell that is kept running, so that it remembers what it saw. */
export interface Session {
  /** Runs a line and returns what it printed. */
  run(line: string): Promise<string>
  /** The segment as it is now, without colours. */
  draw(): Promise<string>
  /** The segment once it is no longer being made anew. */
  settled(): Promise<string>
  end(): void
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Calls until the answer fits; the last answer when it never does. */
export const until = async (ask: () => Promise<string>, fits: (text: string) => boolean): Promise<string> => {
  const end = Date.now() + 20_000
  for (;;) {
    const text = await ask()
    if (fits(text) || Date.now() > end) return text
    await pause(40)
  }
}

/** Starts a shell with the segment in it. Lines are looked at once in a while only, unless `age` says otherwise. */
export const openSession = (
  shell: DrawingShell,
  cwd: string,
  env: Readonly<Record<string, string>>,
  age = 100_000,
): Session => {
  const child = spawn(shell, [...BARE[shell], '-c', LOOP[shell]], {
    cwd,
    env: { NO_COLOR: '1', WT_PROMPT_AGE: String(age), ...env, CODE: codeFile(shell) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  let complaints = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('latin1')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const run = async (line: string): Promise<string> => {
    output = ''
    child.stdin.write(Buffer.from(`${line}; echo '<end>'\n`, 'latin1'))
    const text = await until(
      async () => output,
      (said) => said.endsWith('<end>\n'),
    )
    expect(complaints).toBe('')
    return Buffer.from(text.slice(0, -'<end>\n'.length), 'latin1').toString()
  }
  const draw = async (): Promise<string> => (await run('draw')).slice(1, -2)
  return {
    run,
    draw,
    settled: () => until(draw, (text) => !text.endsWith('…')),
    end: () => void child.kill('SIGKILL'),
  }
}

/** What a shell has to show: the status line, as each shell's prompt writes it. */
export const expected = async (
  shell: PromptShell,
  built: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> => {
  const { stdout } = await runBuilt(built, ['list', 'statusline'], { cwd, env: { ...env, NO_COLOR: '1' } })
  const line = stdout.trimEnd()
  return shell === 'zsh' ? line.replaceAll('%', '%%') : line
}
