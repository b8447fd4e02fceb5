import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { makeRepo } from '../support/repo.ts'
import { lineFor } from '../support/shell-home.ts'

const LEAVING = [
  ['switch', 'main'],
  ['merge', '--no-commit'],
  ['remove', '-D'],
]

test.each([
  ['bash', 'bash', 'restart the shell'],
  ['zsh', 'zsh', 'restart the shell'],
  ['a shell that has it not', 'fish', 'wt config shell install'],
  ['no shell that is known', 'tcsh', 'wt config shell install'],
])('where the shell can’t be taken along, the hint fits: %s', async (_, shell, hint) => {
  for (const words of LEAVING) {
    const repo = makeRepo('basic')
    const topic = repo.addWorktree('topic')
    const home = repo.env['HOME'] ?? ''
    mkdirSync(home, { recursive: true })
    for (const each of ['bash', 'zsh']) appendFileSync(join(home, `.${each}rc`), lineFor(each))
    const { code, err } = await wt(repo, words, { cwd: topic, env: { ...repo.env, SHELL: `/bin/${shell}` } })
    expect(code, err).toBe(0)
    expect(err).toContain(`cannot change directory to ${repo.dir}`)
    expect(err).toContain(`↳ ${hint === 'restart the shell' ? hint : `to install it: ${hint}`}\n`)
  }
})
