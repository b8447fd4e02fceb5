import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { initScript } from '../../src/shell/init.ts'
import { bySh, namedScene, specs } from '../support/named.ts'
import { has } from '../support/shells.ts'
import { copyBuilt } from './built.ts'

const TRACER = 'strace'
let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

/** How a shell says what may stand in the last word, one candidate a line. */
const ASK = {
  bash: (words: readonly string[]) =>
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _wt_complete; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (words: readonly string[]) => `complete --do-complete '${words.join(' ')}' | string replace -r '\\t.*' ''`,
  zsh: (words: readonly string[]) =>
    `compadd() { print -rl -- $values }; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _wt_complete`,
} as const

const QUIET = { bash: ['--norc', '--noprofile'], fish: ['--no-config'], zsh: ['-f'] } as const

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  test.runIf(has(shell))('offers them', () => {
    const at = namedScene(wt)
    const init = join(at.repo.base, 'init')
    writeFileSync(init, initScript(shell, 'wt', specs))
    const ask = (...words: readonly string[]): readonly string[] => {
      const text = `. ${init}\n${ASK[shell](['wt', ...words])}`
      const { stdout, stderr } = spawnSync(shell, [...QUIET[shell], '-c', text], { cwd: at.repo.dir, env: at.env })
      expect(stderr.toString()).toBe('')
      return stdout.toString().split('\n').filter(Boolean)
    }
    expect(ask('')).toEqual(expect.arrayContaining(['switch', 'land', 'ship', 'up', 'tool']))
    expect(ask('hook', 'pre-merge', '')).toEqual(['lint', 'test'])
    expect(ask('config', 'alias', 'show', '')).toEqual(['land', 'list', 'ship', 'up'])
    expect(ask('land', '')).toEqual(ask('merge', ''))
    expect(at.asked()).toBe(1)
  })

  test.runIf(has(shell) && has(TRACER))('starts one sh for names that are known', () => {
    const at = namedScene(wt)
    const [init, log] = [join(at.repo.base, 'init'), join(at.repo.base, 'execs')]
    writeFileSync(init, initScript(shell, 'wt', specs))
    bySh(at, [''])
    const text = `. ${init}\n${ASK[shell](['wt', 'u'])}`
    const traced = ['-f', '-qq', '-e', 'trace=execve', '-e', 'status=successful', '-o', log, shell, ...QUIET[shell]]
    const { stdout } = spawnSync(TRACER, [...traced, '-c', text], { cwd: at.repo.dir, env: at.env })
    expect(stdout.toString().split('\n')).toContain('up')
    const programs = [...readFileSync(log, 'utf8').matchAll(/execve\("(?:[^"]*\/)?([^"/]+)"/g)].map(([, name]) => name)
    expect(programs.slice(1)).toEqual(['sh'])
  })
})
