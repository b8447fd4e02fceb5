import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { hasReftable } from '../support/git.ts'
import { rowsOf, standard } from '../support/list-rows.ts'
import { makeRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

describe('storage formats', () => {
  const formats = [
    ['sha1', {}, true],
    ['sha256', { objectFormat: 'sha256' }, true],
    ['reftable', { refFormat: 'reftable' }, hasReftable()],
    ['reftable and sha256', { refFormat: 'reftable', objectFormat: 'sha256' }, hasReftable()],
  ] as const
  test.each(formats.filter(([, , able]) => able))('%s', async (_, format) => {
    const repo = standard(makeRepo('ahead', format))
    for (let run = 0; run < 2; run++) {
      const rows = await rowsOf(repo, ['--branches'])
      expect(rows.slice(0, 2)).toEqual(['@ main !', '+ feature ↑'])
      expect(rows[2]).toMatch(/^\+ [0-9a-f]{7,} ⊘⊂$/)
      expect(rows.slice(3)).toEqual(['/ topic /⊂'])
    }
    const { items } = await listJson(repo)
    expect(items.map(({ head }) => head?.sha.length)).toEqual(items.map(() => repo.oid('main').length))
    expect(itemOf(await listJson(repo), 'main').worktree?.changes?.diff).toEqual({ added: 1, deleted: 3 })
  })

  test.each(formats.filter(([, , able]) => able))('unborn: %s', async (_, { ...format }) => {
    const repo = makeRepo('basic')
    const dir = join(repo.base, 'new')
    const storage = 'refFormat' in format ? [`--ref-format=${format.refFormat}`] : []
    const object = 'objectFormat' in format ? [`--object-format=${format.objectFormat}`] : []
    repo.git('init', '-q', ...storage, ...object, '-b', 'trunk', dir)
    writeFileSync(join(dir, 'new'), '1\n')
    const listed = await listJson({ dir, env: repo.env })
    expect(itemOf(listed, 'trunk')).toMatchObject({
      head: null,
      worktree: { current: true, changes: { untracked: true, diff: { added: 1 } } },
    })
    expect(await rowsOf({ dir, env: repo.env })).toEqual(['@ trunk ?'])
    expect(repo.tryGit(['-C', dir, 'config', 'wt.default-branch']).stdout.toString().trim()).toBe('trunk')
  })
})

describe('where it is run', () => {
  test('a subdirectory, -C, inside .git, inside a worktree’s git directory', async () => {
    const repo = standard(makeRepo('ahead'))
    mkdirSync(join(repo.dir, 'deep', 'er'), { recursive: true })
    const main = await rowsOf(repo)
    expect(await rowsOf(repo, [], { cwd: join(repo.dir, 'deep', 'er') })).toEqual(main)
    expect(await rowsOf({ ...repo, dir: repo.base as never }, ['-C', 'repo/deep/er'])).toEqual(main)
    expect((await wt(repo, ['-C', '../repo', 'list'], { cwd: `${repo.dir}.feature` })).out).toContain('@ main')
    for (const inside of ['.git', '.git/refs', '.git/worktrees', '.git/worktrees/repo.feature']) {
      const rows = await rowsOf(repo, [], { cwd: join(repo.dir, inside) })
      expect(rows[0]).toBe('^ main !')
      expect(rows.filter((row) => row.startsWith('@'))).toEqual([])
    }
  })

  test('a worktree in the repository itself, and one in that: the innermost is the current one', async () => {
    const repo = makeRepo('ahead')
    repo.write('.git/info/exclude', '.worktrees/\n')
    const inner = repo.addWorktree('feature', { path: join(repo.dir, '.worktrees', 'feature') })
    const innermost = repo.addWorktree('topic', { path: join(inner, '.worktrees', 'topic') })
    mkdirSync(join(innermost, 'sub'))
    expect((await rowsOf(repo, [], { cwd: join(innermost, 'sub') }))[0]).toBe('@ topic ⚐⊂')
    expect((await rowsOf(repo, [], { cwd: inner }))[0]).toBe('@ feature ⚐↑')
    expect((await rowsOf(repo))[0]).toBe('@ main ^')
  })

  test('from a hook, where git has set its own variables for another repository', async () => {
    const [repo, other] = [standard(makeRepo('ahead')), makeRepo('diverged')]
    const env = {
      ...repo.env,
      GIT_DIR: join(other.dir, '.git'),
      GIT_WORK_TREE: other.dir,
      GIT_INDEX_FILE: join(other.dir, '.git', 'index'),
      GIT_OBJECT_DIRECTORY: join(other.dir, '.git', 'objects'),
      GIT_PREFIX: 'sub/',
      GIT_CONFIG_PARAMETERS: "'core.bare'='true'",
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.bare',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_LITERAL_PATHSPECS: '0',
      GIT_GLOB_PATHSPECS: '1',
      GIT_ICASE_PATHSPECS: '1',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_AUTHOR_DATE: 'garbage',
      GIT_COMMITTER_DATE: 'garbage',
    }
    const expected = await rowsOf(repo)
    rmSync(join(repo.dir, '.git', 'wt'), { recursive: true })
    shell(repo, 'mkdir d; echo x > d/y; mv b.txt c.txt')
    expect(await rowsOf(repo, [], { env })).toEqual(expected.map((row) => (row === '@ main !' ? '@ main !?' : row)))
    expect(itemOf(await listJson(repo, [], { env }), 'main').worktree?.changes?.diff).toEqual({ added: 2, deleted: 3 })
  })

  test('GIT_DIR counts where there is nothing else', async () => {
    const repo = standard(makeRepo('ahead'))
    const rows = await rowsOf(repo, [], { cwd: repo.base, env: { ...repo.env, GIT_DIR: join(repo.dir, '.git') } })
    expect(rows[0]).toBe('^ main !')
  })

  test('a submodule is a repository of its own', async () => {
    const [repo, inner] = [makeRepo('ahead'), makeRepo('diverged')]
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.dir, 'sub')
    const sub = join(repo.dir, 'sub')
    repo.git('-C', sub, 'worktree', 'add', '-q', '-b', 'w', join(repo.dir, 'sub.w'))
    expect(await rowsOf(repo, [], { cwd: sub })).toEqual(['@ main ^|', '+ w _'])
    expect((await rowsOf(repo, [], { cwd: join(repo.dir, 'sub.w') }))[0]).toBe('@ w _')
  })
})
