import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeBytes } from '../../src/core/bytes.ts'
import type { BranchName, RefName } from '../../src/core/ids.ts'
import { hasReftable } from '../support/git.ts'
import { capture } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import type { RepoFormat } from '../support/template.ts'

const FIELDS = '--format=%(refname) %(objectname) %(upstream) %(symref)'

/** What git says of the refs that a snapshot holds, in the words of `asText`. */
const asGitSays = (repo: TestRepo): readonly string[] =>
  repo.git('for-each-ref', FIELDS, 'refs/heads', 'refs/remotes', 'refs/replace').split('\n')

const asText = async (repo: TestRepo): Promise<readonly string[]> =>
  [...(await capture(repo)).entries()].map((ref) => `${ref.name} ${ref.oid} ${ref.upstream ?? ''} ${ref.symref ?? ''}`)

const formats: readonly (readonly [string, RepoFormat, boolean])[] = [
  ['a repository with a working tree', {}, true],
  ['a bare repository', { bare: true }, true],
  ['SHA-256', { objectFormat: 'sha256' }, true],
  ['reftable', { refFormat: 'reftable' }, hasReftable()],
]

describe('a snapshot holds what git says', () => {
  for (const [name, format, able] of formats) {
    test.runIf(able)(name, async () => {
      const repo = makeRepo('tracking', format)
      repo.git('replace', 'refs/heads/feature', 'refs/heads/main')
      expect(await asText(repo)).toEqual(asGitSays(repo))
    })
  }

  test('with refs packed, loose, and both', async () => {
    const repo = makeRepo('tracking')
    repo.git('pack-refs', '--all')
    repo.commit('newer than the packed one')
    repo.git('branch', 'loose')
    expect(await asText(repo)).toEqual(asGitSays(repo))
  })

  test('but no tag, though it be named like a branch', async () => {
    const repo = makeRepo('ahead')
    repo.git('tag', 'feature', 'main')
    const basis = await capture(repo)
    expect(basis.tip('feature' as BranchName)).toBe(repo.oid('refs/heads/feature'))
    expect(basis.resolve('refs/tags/feature' as RefName)).toBeUndefined()
  })

  test('and nothing for a repository without refs', async () => {
    const repo = makeRepo('basic')
    for (const branch of ['main', 'topic']) repo.git('update-ref', '-d', `refs/heads/${branch}`)
    expect(await asText(repo)).toEqual([])
  })
})

test('a gone upstream is remembered by name and counts as none', async () => {
  const basis = await capture(makeRepo('tracking'))
  expect(basis.entry('refs/heads/gone' as RefName)?.upstream).toBe('refs/remotes/origin/gone')
  expect(basis.upstreamOf('gone' as BranchName)).toBeUndefined()
  expect(basis.upstreamOf('feature' as BranchName)).toBe('refs/remotes/origin/feature')
})

test('a snapshot stays what it was when the repository goes on', async () => {
  const repo = makeRepo('basic')
  const was = repo.oid('main')
  const basis = await capture(repo)
  repo.commit('later')
  expect(basis.tip('main' as BranchName)).toBe(was)
  expect((await capture(repo)).tip('main' as BranchName)).toBe(repo.oid('main'))
})

describe('damage', () => {
  test.each([
    ['garbage', 'no id\n'],
    ['nothing (a power cut)', ''],
    ['the null id', `${'0'.repeat(40)}\n`],
  ])('a ref file that holds %s is left out, the others are not', async (_, content) => {
    const repo = makeRepo('tracking')
    const whole = await asText(repo)
    repo.write('.git/refs/heads/damaged', content)
    expect(await asText(repo)).toEqual(whole)
  })

  test('a dangling remote HEAD is left out, the others are not', async () => {
    const repo = makeRepo('tracking')
    const whole = await asText(repo)
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/renamed')
    expect(await asText(repo)).toEqual(whole.filter((line) => !line.startsWith('refs/remotes/origin/HEAD ')))
  })

  test('a ref to a missing object is kept: what it says is what a compare-and-swap must name', async () => {
    const repo = makeRepo('basic')
    const missing = '1'.repeat(40)
    repo.write('.git/refs/heads/lost', `${missing}\n`)
    expect((await capture(repo)).tip('lost' as BranchName)).toBe(missing)
  })

  test("a corrupt packed-refs is an error, with git's reason", async () => {
    const repo = makeRepo('basic')
    repo.git('pack-refs', '--all')
    appendFileSync(join(repo.dir, '.git/packed-refs'), 'garbage\n')
    await expect(capture(repo)).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringMatching(/packed-refs/),
    })
  })

  test('a directory that is no repository is an error', async () => {
    const repo = makeRepo('basic')
    writeFileSync(join(repo.dir, '.git/HEAD'), 'nothing')
    await expect(capture(repo)).rejects.toMatchObject({ code: 'GIT_FAILED' })
  })
})

test('names that are not UTF-8 survive, and so do their neighbours', async () => {
  const repo = makeRepo('basic')
  const name = 'refs/heads/caf\udce9' as RefName
  const oid = repo.oid('main')
  repo.tryGit(['update-ref', '--stdin', '-z'], encodeBytes(`create ${name}\0${oid}\0create refs/heads/café\0${oid}\0`))
  const names = [...(await capture(repo)).entries()].map((entry) => entry.name)
  expect(names).toEqual(['refs/heads/café', name, 'refs/heads/main', 'refs/heads/topic'])
})

test('ten thousand refs', async () => {
  const repo = makeRepo('basic')
  const oid = repo.oid('main')
  const names = Array.from({ length: 10_000 }, (_, at) => `refs/heads/team/${String(at).padStart(5, '0')}`)
  const made = repo.tryGit(['update-ref', '--stdin'], names.map((name) => `create ${name} ${oid}\n`).join(''))
  expect(made.stderr).toBe('')
  repo.git('pack-refs', '--all')
  const entries = [...(await capture(repo)).entries()]
  expect(entries.map((entry) => entry.name)).toEqual(['refs/heads/main', ...names, 'refs/heads/topic'])
  expect(entries.filter((entry) => entry.oid === oid)).toHaveLength(10_001)
})
