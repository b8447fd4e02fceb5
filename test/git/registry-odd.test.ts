import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { captureRefs } from '../../src/git/refs.ts'
import { openRepository } from '../../src/git/repository.ts'
import { captureWorktrees } from '../../src/git/worktrees.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const ours = async (repo: TestRepo, from: string = repo.dir) => {
  const { git, id, registrations, settings } = await openRepository(from as AbsolutePath, repo.env)
  return await captureWorktrees(registrations, await captureRefs(git, id), settings, git)
}

describe('the registry, where git is wrong or says nothing', () => {
  test('a separate git directory, seen from its worktree and after a repair', async () => {
    const repo = makeRepo('ahead')
    const [tree, store] = [join(repo.base, 'tree'), join(repo.base, 'store')]
    repo.git('init', '-q', `--separate-git-dir=${store}`, tree)
    expect((await ours(repo, tree)).worktrees.map(({ path }) => path)).toEqual([tree])
    writeFileSync(join(store, 'gitdir'), `${join(tree, '.git')}\n`)
    expect((await ours(repo, store)).worktrees.map(({ path }) => path)).toEqual([tree])
  })

  test('a submodule as the repository', async () => {
    const repo = makeRepo('ahead')
    const inner = makeRepo('ahead')
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.dir, 'sub')
    const sub = join(repo.dir, 'sub')
    repo.git('-C', sub, 'worktree', 'add', '-q', '-b', 'w', join(repo.base, 'sub.w'))
    for (const from of [sub, join(repo.base, 'sub.w')]) {
      expect((await ours(repo, from)).worktrees.map(({ path }) => path)).toEqual([sub, join(repo.base, 'sub.w')])
    }
  })

  test.each(['yes', 'TRUE', 'on', '1', undefined])(
    'bare by %s, only in the configuration that linked worktrees are not shown',
    async (yes) => {
      const repo = makeRepo('ahead', { bare: true })
      const project = join(repo.base, 'project')
      repo.git('clone', '-q', '--bare', repo.dir, join(project, '.git'))
      repo.git('-C', project, 'worktree', 'add', '-q', 'feature')
      repo.git('-C', project, 'config', 'extensions.worktreeConfig', 'true')
      repo.git('-C', project, 'config', '--unset', 'core.bare')
      writeFileSync(join(project, '.git', 'config.worktree'), `[core]\n\tbare${yes === undefined ? '' : ` = ${yes}`}\n`)
      for (const from of [project, join(project, 'feature'), join(project, 'feature')]) {
        expect((await ours(repo, from)).bare).toBe(true)
      }
    },
  )

  test('a stray core.bare does not take the main worktree away', async () => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    repo.git('config', 'core.bare', 'true')
    expect((await ours(repo)).worktrees.map(({ branch }) => branch)).toEqual(['main', 'feature'])
    expect((await ours(repo)).bare).toBe(false)
  })

  test('a repository that moved and left a link behind', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    const moved = join(repo.base, 'moved')
    renameSync(repo.dir, moved)
    symlinkSync(moved, repo.dir)
    for (const from of [moved, path]) {
      const { worktrees } = await ours(repo, from)
      expect(worktrees.map(({ branch, broken }) => ({ branch, broken }))).toEqual([
        { branch: 'main', broken: undefined },
        { branch: 'feature', broken: undefined },
      ])
    }
  })

  test('half-made registrations, each alone', async () => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    const store = join(repo.dir, '.git', 'worktrees')
    const make = (name: string, files: Readonly<Record<string, string>>): void => {
      mkdirSync(join(store, name))
      for (const [file, text] of Object.entries(files)) writeFileSync(join(store, name, file), text)
    }
    make('empty', {})
    make('no-common', { HEAD: 'ref: refs/heads/x\n', gitdir: `${join(repo.base, 'nc', '.git')}\n` })
    make('no-head', { HEAD: '', commondir: '../..\n', gitdir: `${join(repo.base, 'nh', '.git')}\n` })
    make('no-gitdir', { HEAD: 'ref: refs/heads/x\n', commondir: '../..\n', gitdir: '' })
    make('nul', { HEAD: 'ref: refs/heads/x\n', commondir: '../..\n', gitdir: 'a\0b\n' })
    const { worktrees } = await ours(repo)
    const words = new Map(worktrees.map(({ id, broken, prunable }) => [id, broken ?? prunable?.reason]))
    expect(Object.fromEntries(words)).toEqual({
      undefined: undefined,
      'repo.feature': undefined,
      empty: 'its gitdir file is missing',
      'no-common': 'its commondir file is missing',
      'no-head': 'its HEAD can’t be read',
      'no-gitdir': 'its gitdir file is missing',
      nul: 'gitdir file points to non-existent location',
    })
  })

  test('a directory of another repository at a registered path, as in a copied repository', async () => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    const copy = join(repo.base, 'copy')
    shell(repo, `cp -r . ../copy`)
    const broken = async (from: string) => (await ours(repo, from)).worktrees.map((each) => each.broken)
    expect(await broken(repo.dir)).toEqual([undefined, undefined])
    expect(await broken(copy)).toEqual([undefined, 'its directory belongs to another repository'])
    rmSync(repo.dir, { recursive: true })
    expect(await broken(copy)).toEqual([undefined, 'its directory names a repository that is not there'])
  })
})
