import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { branchesOf, keptOf } from '../support/removing.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

interface Scene {
  readonly repo: TestRepo
  readonly path: string
  readonly sub: string
}

/** A worktree with a submodule that is checked out. */
const scene = (): Scene => {
  const repo = makeRepo('basic')
  const library = join(repo.base, 'library')
  repo.git('init', '-q', library)
  repo.commit('first', { dir: library })
  repo.git('submodule', '--quiet', 'add', library, 'sub')
  repo.git('commit', '-qm', 'with a submodule')
  const path = repo.addWorktree('work', { from: 'main' })
  repo.git('-C', path, 'submodule', '--quiet', 'update', '--init')
  return { repo, path, sub: join(path, 'sub') }
}

describe('wt remove: a worktree with submodules', () => {
  test('goes when nothing is in it that is not elsewhere', async () => {
    const { repo, path } = scene()
    const { code, err } = await wt(repo, ['remove', 'work'])
    expect(code, err).toBe(0)
    expect(existsSync(path)).toBe(false)
    expect(existsSync(join(repo.dir, 'sub', '.git'))).toBe(true)
    expect(branchesOf(repo)).not.toContain('work')
  })

  test.each([[{}], [{ 'submodule.sub.ignore': 'all', 'diff.ignoreSubmodules': 'all' }]])(
    'stays when something in a submodule is changed, settings or not: %j',
    async (settings) => {
      const { repo, sub } = scene()
      for (const [key, value] of Object.entries(settings)) repo.git('config', key, value)
      writeFileSync(join(sub, 'new'), 'x')
      const { code, err } = await wt(repo, ['remove', 'work'])
      expect(code).toBe(1)
      expect(err).toContain('sub')
      expect(existsSync(join(sub, 'new'))).toBe(true)
    },
  )

  test('stays when a submodule has commits that no remote has; --force keeps its repository', async () => {
    const { repo, path, sub } = scene()
    const tip = repo.commit('only here', { dir: sub })
    repo.git('-C', path, 'commit', '-qam', 'bump')
    repo.git('merge', '-q', '--ff-only', 'work')
    const { code, err } = await wt(repo, ['remove', 'work'])
    expect(code).toBe(1)
    expect(err).toContain('sub')
    expect(existsSync(path)).toBe(true)
    expect((await wt(repo, ['remove', 'work', '--force'])).code).toBe(0)
    const modules = join(keptOf(repo)[0]?.directory ?? '', 'admin', 'modules', 'sub')
    expect(repo.tryGit(['--git-dir', modules, '--work-tree', repo.dir, 'cat-file', '-e', tip]).code).toBe(0)
  })

  test('a repository that lies in the worktree itself counts as well', async () => {
    const repo = makeRepo('basic')
    const path = repo.addWorktree('work', { from: 'main' })
    const sub = join(path, 'sub')
    repo.git('init', '-q', sub)
    repo.commit('only here', { dir: sub })
    writeFileSync(join(path, '.gitmodules'), '[submodule "sub"]\n\tpath = sub\n\turl = ./none\n')
    repo.git('-C', path, '-c', 'advice.addEmbeddedRepo=false', 'add', 'sub', '.gitmodules')
    repo.git('-C', path, 'commit', '-qm', 'embedded')
    const { code } = await wt(repo, ['remove', 'work', '-D'])
    expect(code).toBe(1)
    expect(existsSync(join(sub, '.git'))).toBe(true)
  })
})
