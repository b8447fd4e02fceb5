import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { commandSpecs } from '../../src/cli/command-specs.ts'
import { commands } from '../../src/commands/index.ts'
import { candidatesScript } from '../../src/shell/init.ts'
import { withProgram } from './cli.ts'
import { projectConfig, userConfig } from './hooks.ts'
import { makeRepo, type TestRepo } from './repo.ts'

export const specs = await commandSpecs(commands)
const script = candidatesScript(specs, { told: true })

export interface NamedScene {
  readonly repo: TestRepo
  readonly env: Readonly<Record<string, string>>
  /** How often the program was asked. */
  readonly asked: () => number
}

const executable = (path: string, text: string): void => {
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
}

/**
 * A repository with names of the user's and of the project's, and programs. The built program `wt` is asked through one
 * that counts.
 */
export const namedScene = (wt: string): NamedScene => {
  const repo = makeRepo('basic')
  const bin = join(repo.base, 'bin')
  mkdirSync(bin)
  const log = join(repo.base, 'asked')
  executable(join(bin, 'count'), `echo x >> '${log}'; exec '${process.execPath}' '${wt}' "$@"`)
  for (const name of ['wt-tool', 'wt-list', 'wt-up']) executable(join(bin, name), 'exit 1')
  writeFileSync(join(bin, 'wt-text'), 'not executable')
  userConfig(
    repo,
    `[aliases]
up = "docker compose up {{ args }}"
land = "wt merge --no-hooks {{ args }}"
list = "echo mine"
"two words" = "echo"
[pre-merge]
lint = "a"
test = "b"
`,
  )
  projectConfig(repo, '[aliases]\nship = ["echo", "wt step push {{args}}"]\n[pre-create]\ninstall = "x"\n')
  const env = { ...withProgram(repo.env, bin), WT_BIN: join(bin, 'count') }
  return { repo, env, asked: () => (existsSync(log) ? readFileSync(log, 'utf8').length / 2 : 0) }
}

/** What the sh script prints, as lines. */
export const bySh = (
  { repo, env }: NamedScene,
  words: readonly string[],
  cwd: string = repo.dir,
): readonly string[] => {
  const { stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', 'all', 'wt', ...words], { cwd, env })
  expect(stderr.toString()).toBe('')
  return stdout.toString().split('\n').filter(Boolean)
}
