import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withProgram, wt } from '../support/cli.ts'
import { expectGraceful, ready } from '../support/graceful.ts'
import type { TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const program = (repo: TestRepo, script: string): TestRepo['env'] => {
  const bin = mkdtempSync(join(repo.base, 'bin-'))
  writeFileSync(join(bin, 'git'), `#!/bin/sh\nGIT() { PATH='${repo.env['PATH']}' git "$@"; }\n${script}\n`)
  chmodSync(join(bin, 'git'), 0o755)
  return withProgram(repo.env, bin)
}

describe('no list at all: one clear message, exit code 1', () => {
  test('outside of a repository', async () => {
    const repo = ready()
    const answer = await wt(repo, ['list'], { cwd: repo.base })
    expectGraceful(answer)
    expect(answer.err).toBe(
      `✗ not inside a git repository: ${repo.base}\n↳ go to a repository, or name one with wt -C <path>\n`,
    )
    expectGraceful(await wt(repo, ['list', '--json'], { cwd: repo.base }))
  })

  test('a directory that is not there, or is a file', async () => {
    const repo = ready()
    for (const place of ['nowhere', 'README.md', ''])
      expectGraceful(await wt(repo, ['-C', place, 'list']), place === '' ? 0 : 1)
  })

  test('a git below the floor: both versions are named, and nothing else is asked', async () => {
    const repo = ready()
    const env = program(
      repo,
      `echo "$@" >> '${repo.base}/log'; if [ "$1" = --version ]; then echo git version 2.30.9; else GIT "$@"; fi`,
    )
    const answer = await wt(repo, ['list'], { env })
    expectGraceful(answer)
    expect(answer.err).toContain('git version 2.30.9 is too old: wt needs git 2.38 or newer')
    expect(shell(repo, 'cat ../log')).not.toContain('for-each-ref')
    expect(existsSync(join(repo.dir, '.git', 'wt'))).toBe(false)
  })

  test.each(['/nowhere', '', 'relative:.', '/etc/passwd'])('no git on PATH: %s', async (path) => {
    const repo = ready()
    const answer = await wt(repo, ['list'], { env: { ...repo.env, PATH: path } })
    expectGraceful(answer)
    expect(answer.err).toContain('git was not found on PATH')
  })

  test('a corrupt packed-refs, with git’s own words', async () => {
    const repo = ready()
    writeFileSync(join(repo.dir, '.git', 'packed-refs'), 'garbage\u001b[31m\n')
    const answer = await wt(repo, ['list'])
    expectGraceful(answer)
    expect(answer.err).toContain('unexpected line in .git/packed-refs: garbage')
  })

  test('a broken configuration', async () => {
    const repo = ready()
    writeFileSync(join(repo.dir, '.git', 'config'), '[core\n', { flag: 'a' })
    const answer = await wt(repo, ['list'])
    expectGraceful(answer)
    expect(answer.err).toMatch(/bad config line \d+ in file .*config/)
  })

  test('a repository whose HEAD is empty, seen from itself', async () => {
    const repo = ready()
    writeFileSync(join(repo.dir, '.git', 'HEAD'), '')
    const answer = await wt(repo, ['list'])
    expectGraceful(answer)
    expect(answer.err).toContain(`the repository is damaged: ${repo.dir}/.git/HEAD`)
  })

  test('a .git file that leads nowhere, or is none; git looks no further up, and neither does wt', async () => {
    const repo = ready()
    mkdirSync(join(repo.dir, 'inner'))
    for (const text of ['gitdir: /nowhere/at/all\n', 'garbage', '']) {
      writeFileSync(join(repo.dir, 'inner', '.git'), text)
      const answer = await wt(repo, ['list'], { cwd: join(repo.dir, 'inner') })
      expectGraceful(answer)
      expect(answer.err).toContain('/inner/.git')
    }
  })

  test.runIf(process.getuid?.() === 0)(
    'a repository of somebody else: git’s words, the setting, and nothing written',
    async () => {
      const repo = ready()
      shell(repo, 'chown -R 12345:12345 .')
      const answer = await wt(repo, ['list'])
      expectGraceful(answer)
      expect(answer.err).toContain('dubious ownership')
      expect(answer.err).toContain(`git config --global --add safe.directory ${repo.dir}`)
      expect(existsSync(join(repo.dir, '.git', 'wt'))).toBe(false)
      repo.git('config', '--global', 'safe.directory', repo.dir)
      expectGraceful(await wt(repo, ['list']), 0)
      chownSync(repo.dir, 0, 0)
    },
  )

  test('usage errors end with 2', async () => {
    const repo = ready()
    for (const words of [['list', '--nope'], ['list', 'extra'], ['list', '--format=xml'], ['lst'], ['list', '-C']]) {
      expectGraceful(await wt(repo, words), 2)
    }
    expect((await wt(repo, ['lst'])).err).toContain('did you mean wt list?')
  })
})
