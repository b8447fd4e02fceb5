import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BUILT, withProgram } from '../support/cli.ts'
import { makeRepo } from '../support/repo.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
const day = /^## One day with wt\n[\s\S]*?```sh\n([\s\S]*?)```/m.exec(page)?.[1] ?? ''

test('the day in README.md, typed as it is written there', { timeout: 120_000 }, () => {
  const repo = makeRepo('basic')
  repo.git('branch', '-D', 'topic')
  expect(day.split('\n').filter((line) => line.startsWith('wt ')).length).toBeGreaterThan(5)
  const bin = join(repo.base, 'bin')
  mkdirSync(bin)
  symlinkSync(BUILT, join(bin, 'wt'))
  const typed = join(repo.base, 'typed.sh')
  writeFileSync(typed, `eval "$(command wt config shell init bash)"\nset -e\n${day}\npwd\n`)
  const env = withProgram(repo.env, bin)
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', typed], { cwd: repo.dir, env, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(repo.dir)
  expect(stdout).toMatch(/login/)
  expect(repo.git('branch', '--format=%(refname:short)')).toBe('main')
  expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
  expect(repo.git('show', 'main:login.txt', 'main:search.txt')).toBe('log in\nfind things')
  expect(repo.git('status', '--porcelain')).toBe('')
})
