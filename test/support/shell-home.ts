import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { type CliAnswer, type CliOptions, wt } from './cli.ts'

/** The line that goes into a start-up file. */
export const lineFor = (shell: string, name = 'wt'): string =>
  `if command -v ${name} >/dev/null 2>&1; then eval "$(command ${name} config shell init ${shell})"; fi\n`

/** An empty home, in a place that belongs to no repository, with no shell on PATH. */
export interface ShellHome {
  readonly home: string
  /** A test may change it. */
  readonly env: Record<string, string>
  /** Runs `wt config shell <words>` there. */
  run(words: string, options?: Partial<CliOptions>): Promise<CliAnswer>
  /** Writes a file, by its path from the home. */
  put(path: string, text: string | Uint8Array): void
  /** A file, a character for each byte. */
  read(path: string): string
}

/** Makes a home, with directories `bin` (all of PATH) and `elsewhere` beside it. */
export const shellHome = (): ShellHome => {
  const base = realpathSync(mkdtempSync(join(inject('tempRoot'), 'home-')))
  const home = join(base, 'home')
  for (const each of ['home', 'bin', 'elsewhere']) mkdirSync(join(base, each))
  const env: Record<string, string> = { PATH: join(base, 'bin'), HOME: home }
  return {
    home,
    env,
    run: (words, options = {}) => wt({ dir: home, env }, ['config', 'shell', ...words.split(' ')], options),
    put: (path, text) => {
      mkdirSync(dirname(join(home, path)), { recursive: true })
      writeFileSync(join(home, path), text)
    },
    read: (path) => readFileSync(join(home, path), 'latin1'),
  }
}
