import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeBytes } from '../../src/core/bytes.ts'
import type { AbsolutePath } from '../../src/core/ids.ts'
import type { Worktree } from '../../src/core/worktrees.ts'
import { captureRefs } from '../../src/git/refs.ts'
import { openRepository } from '../../src/git/repository.ts'
import { captureWorktrees } from '../../src/git/worktrees.ts'
import { hasReftable } from '../support/git.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { type Dice, diceFrom, shell } from '../support/shell.ts'

/** What both sides say of one worktree. */
interface Said {
  readonly path: string
  readonly head?: string
  readonly branch?: string
  readonly detached?: boolean
  readonly locked?: string
  readonly prunable?: string
}

const ours = async (repo: TestRepo, from: string = repo.dir) => {
  const { git, id, registrations, settings } = await openRepository(from as AbsolutePath, repo.env)
  return await captureWorktrees(registrations, await captureRefs(git, id), settings, git)
}

const saidByUs = ({ path, head, branch, detached, locked, prunable }: Worktree): Said => ({
  path,
  ...(head !== undefined && { head }),
  ...(branch !== undefined && { branch }),
  ...(detached && { detached }),
  ...(locked && { locked: locked.reason ?? '' }),
  ...(prunable && { prunable: prunable.reason }),
})

/** What `git worktree list` says, without the entry of a bare repository. */
const saidByGit = (repo: TestRepo, from: string = repo.dir): readonly Said[] =>
  decodeBytes(repo.tryGit(['-C', from, 'worktree', 'list', '--porcelain', '-z']).stdout)
    .split('\0\0')
    .filter((record) => record !== '')
    .map((record) => record.split('\0'))
    .filter((lines) => !lines.includes('bare'))
    .map((lines) => {
      const value = (key: string): string | undefined => {
        const line = lines.find((each) => each === key || each.startsWith(`${key} `))
        return line === undefined ? undefined : line.slice(key.length + 1)
      }
      const head = value('HEAD')
      const [branch, locked, prunable] = [value('branch'), value('locked'), value('prunable')]
      return {
        path: value('worktree') ?? '',
        ...(head !== undefined && !/^0+$/.test(head) && { head }),
        ...(branch !== undefined && { branch: branch.replace(/^refs\/heads\//, '') }),
        ...(lines.includes('detached') && { detached: true }),
        ...(locked !== undefined && { locked }),
        ...(prunable !== undefined && { prunable }),
      }
    })

const byPath = (one: Said, other: Said): number => (one.path < other.path ? -1 : 1)

const expectSame = async (repo: TestRepo, from?: string): Promise<void> => {
  const { worktrees } = await ours(repo, from)
  expect(worktrees.map(saidByUs).sort(byPath)).toEqual([...saidByGit(repo, from)].sort(byPath))
}

const NAMES = [
  'plain',
  'with space',
  "o'clock",
  'new\nline',
  'ünïcode',
  'tab\there',
  '-dash',
  'q"uote',
  '[glob]*',
  '.git-not',
  '~home',
  'x;y:z',
]
const REASONS = ['', 'on a stick', 'two\nlines', '  blanks  ', 'ü', '\u001b[31mred']

const addOne = (repo: TestRepo, dice: Dice, at: number): void => {
  const path = join(
    repo.base,
    `${dice.pick(NAMES)}${dice.rarely(2) ? '' : at}`,
    dice.rarely(3) ? `deep ${at}` : `${at}`,
  )
  const relative = dice.rarely(3) && repo.tryGit(['worktree', 'add', '-h']).stderr.includes('relative-paths')
  const options = relative ? ['--relative-paths'] : []
  if (dice.rarely(3))
    repo.git('worktree', 'add', '-q', ...options, '--detach', path, dice.pick(['main', 'feature', 'main~1']))
  else repo.git('worktree', 'add', '-q', ...options, '-b', `b/${at}`, path, dice.pick(['main', 'feature']))
  if (dice.rarely(4)) repo.git('-C', path, 'symbolic-ref', 'HEAD', `refs/heads/unborn-${at}`)
  if (dice.rarely(6)) repo.git('-C', path, 'symbolic-ref', 'HEAD', 'refs/heads/feature')
  if (dice.rarely(3)) repo.git('worktree', 'lock', '--reason', dice.pick(REASONS), path)
  if (dice.rarely(3)) rmSync(dice.rarely(2) ? path : join(path, '.git'), { recursive: true })
}

describe('the registry says what git worktree list says', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => seed))('random layouts: %i', async (seed) => {
    const dice = diceFrom(seed)
    const format = dice.rarely(4) ? { objectFormat: 'sha256' as const } : {}
    const repo = makeRepo('ahead', { ...format, bare: dice.rarely(3) })
    for (let at = 0; at < 6; at++) addOne(repo, dice, at)
    if (dice.rarely(3)) repo.git('symbolic-ref', 'HEAD', 'refs/heads/unborn')
    await expectSame(repo)
    const there = saidByGit(repo).find(({ prunable, locked }) => prunable === undefined && locked === undefined)
    if (there !== undefined) await expectSame(repo, there.path)
  })

  test('bytes in paths that are no UTF-8', async () => {
    const repo = makeRepo('ahead')
    shell(
      repo,
      "git worktree add -q -b raw ../$'raw\\xff\\xfe' main; git worktree add -q -b raw2 ../$'raw\\xff\\xfd' main",
    )
    await expectSame(repo)
    expect((await ours(repo)).worktrees[1]?.path).toBe(join(repo.base, 'raw\udcff\udcfd'))
  })

  test('a nested bare .git, a .bare with a gitfile', async () => {
    const repo = makeRepo('ahead', { bare: true })
    for (const name of ['.git', '.bare']) {
      const project = join(repo.base, `project${name}`)
      repo.git('clone', '-q', '--bare', repo.dir, join(project, name))
      if (name === '.bare') writeFileSync(join(project, '.git'), 'gitdir: ./.bare\n')
      repo.git('-C', project, 'worktree', 'add', '-q', 'feature')
      await expectSame(repo, project)
      await expectSame(repo, join(project, 'feature'))
      expect((await ours(repo, join(project, 'feature'))).bare).toBe(true)
    }
  })

  test.runIf(hasReftable())(
    'reftable, whose HEADs are not in files, even beside a half-made registration',
    async () => {
      const repo = makeRepo('ahead', { refFormat: 'reftable' })
      const path = repo.addWorktree('feature')
      repo.addWorktree('detached', { from: 'main~1', detach: true })
      repo.git('-C', path, 'symbolic-ref', 'HEAD', 'refs/heads/unborn')
      await expectSame(repo)
      const before = (await ours(repo)).worktrees.map(saidByUs)
      mkdirSync(join(repo.dir, '.git', 'worktrees', 'half'))
      expect((await ours(repo)).worktrees.filter(({ broken }) => broken === undefined).map(saidByUs)).toEqual(before)
    },
  )
})

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
