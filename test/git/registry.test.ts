import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
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
