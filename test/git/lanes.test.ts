import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { openGit } from '../../src/git/git.ts'
import { readStatuses } from '../../src/git/status.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

/** Worktrees enough for lanes, in places that a shell would trip over if they were part of its text. */
const PLACES = ['a b', "it's", '$(touch pwned)', '"; touch pwned; "', 'new\nline', '-rf', '*', '= 0 0']

const withWorktrees = (): { readonly repo: TestRepo; readonly paths: readonly AbsolutePath[] } => {
  const repo = makeRepo('basic')
  const names = [...PLACES, ...Array.from({ length: 10 }, (_, at) => `plain-${at}`)]
  const paths = names.map((name, at) => repo.addWorktree(`b${at}`, { from: 'main', path: join(repo.base, 'w', name) }))
  return { repo, paths }
}

const statuses = (repo: TestRepo, paths: readonly AbsolutePath[]) => readStatuses(openGit(repo.dir, repo.env), paths)

describe('statuses in lanes', () => {
  test('each worktree gets its own answer, whatever its path is like, and no path is run', async () => {
    const { repo, paths } = withWorktrees()
    for (const [at, path] of paths.entries()) if (at % 2 === 0) writeFileSync(join(path, `only-${at}`), '')
    const found = await Promise.all(statuses(repo, paths))
    expect(found.map(({ entries }) => entries.map(({ path }) => path))).toEqual(
      paths.map((_, at) => (at % 2 === 0 ? [`only-${at}`] : [])),
    )
    expect(repo.git('status', '--porcelain')).toBe('')
  })

  test('file names that look like the end of an answer are file names, after a rename too', async () => {
    const { repo, paths } = withWorktrees()
    const [first] = paths as readonly [AbsolutePath]
    mkdirSync(join(first, 'sub'))
    writeFileSync(join(first, '= 1 0'), 'a longer text, so that the rename is seen\n')
    repo.git('-C', first, 'add', '.')
    repo.git('-C', first, 'commit', '-q', '-m', 'odd')
    renameSync(join(first, '= 1 0'), join(first, '= 2 0'))
    repo.git('-C', first, 'add', '.')
    writeFileSync(join(first, '= 3 0'), '')
    const found = await Promise.all(statuses(repo, paths))
    expect(found[0]?.entries).toMatchObject([
      { xy: 'R.', path: '= 2 0', from: '= 1 0' },
      { xy: '??', path: '= 3 0' },
    ])
    expect(found.slice(1).every(({ entries }) => entries.length === 0)).toBe(true)
  })

  test('one that fails says why; the others answer', async () => {
    const { repo, paths } = withWorktrees()
    const [first] = paths as readonly [AbsolutePath]
    writeFileSync(join(first, '.git'), 'gitdir: /nowhere\n')
    const [broken, ...rest] = await Promise.allSettled(statuses(repo, paths))
    expect(broken).toMatchObject({ status: 'rejected', reason: { code: 'GIT_FAILED' } })
    expect(rest.every(({ status }) => status === 'fulfilled')).toBe(true)
  })

  test('a directory that is gone is told apart from the rest', async () => {
    const { repo, paths } = withWorktrees()
    const last = paths.at(-1) as AbsolutePath
    rmSync(last, { recursive: true })
    const found = await Promise.allSettled(statuses(repo, paths))
    expect(found.map(({ status }) => status)).toEqual(paths.map((path) => (path === last ? 'rejected' : 'fulfilled')))
    expect(found.at(-1)).toMatchObject({ reason: { code: 'DIRECTORY_GONE' } })
  })
})
