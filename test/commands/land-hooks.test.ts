import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import type { LandHooks } from '../../src/worktree/land/hooks.ts'
import type { Landing } from '../../src/worktree/land/landing.ts'
import { type MergePorts, runMerge } from '../../src/worktree/land/merge.ts'
import type { Note } from '../../src/worktree/land/result.ts'
import { type LandRepo, withFeature } from '../support/landing.ts'

type Before = LandHooks<Landing>['before']
type Point = Parameters<Before>[0]
type Scripts = Partial<Record<Point, string>>

const OPTIONS = { target: undefined, branch: undefined, stage: undefined, flags: {}, dryRun: false } as const

/** Merges with shell scripts as hooks, run in the worktree that lands. */
const merge = async (repo: LandRepo, scripts: Scripts, flags: Parameters<typeof runMerge>[1]['flags'] = {}) => {
  const order: string[] = []
  const notes: Note[] = []
  const before: Before = async (point, { source }) => {
    order.push(point)
    const script = scripts[point]
    if (script !== undefined) execFileSync('sh', ['-ec', script], { cwd: source.path, env: repo.env })
    return script !== undefined
  }
  const ports: MergePorts = {
    env: repo.env,
    cwd: repo.feature as AbsolutePath,
    home: undefined,
    configPath: undefined,
    configSets: [],
    now: Date.now,
    command: ['wt', 'merge'],
    say: (note) => void notes.push(note),
    programs: {
      open: async () => ({ before, after: (point) => void order.push(point), start: async () => undefined }),
      guidance: async () => undefined,
    },
    startedIn: repo.feature as AbsolutePath,
    handOff: { kind: 'none', why: 'no-wrapper' },
    program: undefined,
    progress: () => undefined,
  }
  const landed = await runMerge(ports, { ...OPTIONS, flags })
  return { landed, order, notes }
}

const code = (landed: Awaited<ReturnType<typeof runMerge>>): string | undefined =>
  landed.kind === 'refused' ? landed.refusal.code : undefined

describe('hooks of a merge', () => {
  test('run in their order, also when there is nothing to merge', async () => {
    const { landed, order } = await merge(withFeature(), {})
    expect(landed.kind).toBe('done')
    const after = ['post-remove', 'post-switch', 'post-merge']
    expect(order).toEqual(['pre-commit', 'post-commit', 'pre-merge', 'pre-remove', ...after])
    const nothing = withFeature()
    nothing.at('reset', '-q', '--hard', 'main')
    expect((await merge(nothing, {})).order).toEqual(['pre-commit', 'pre-merge', 'pre-remove', ...after])
    expect((await merge(withFeature(), {}, { verify: false })).order).toEqual([])
  })

  test('see what is staged, and what a formatter does is in the commit, squashed or not', async () => {
    for (const squash of [true, false]) {
      const repo = withFeature()
      writeFileSync(join(repo.feature, 'wip.txt'), 'raw')
      const format = `git diff --cached --name-only > ../staged; echo formatted > wip.txt; echo new > made.txt`
      const { landed } = await merge(repo, { 'pre-commit': format }, { squash })
      expect(landed.kind).toBe('done')
      expect(readFileSync(join(repo.base, 'staged'), 'utf8')).toBe('wip.txt\n')
      expect(readFileSync(join(repo.dir, 'wip.txt'), 'utf8')).toBe('formatted\n')
      expect(readFileSync(join(repo.dir, 'made.txt'), 'utf8')).toBe('new\n')
      expect(repo.git('status', '--porcelain')).toBe('')
    }
  })

  test('one that leaves a conflict is caught before it is staged', async () => {
    const repo = withFeature('conflicting')
    const { landed } = await merge(repo, {
      'pre-commit': 'git merge -q main || rm "$(git rev-parse --git-path MERGE_HEAD)"',
    })
    expect(code(landed)).toBe('UNMERGED_PATHS')
    expect(repo.at('diff', '--name-only', '--diff-filter=U')).toBe('feature.txt')
  })

  test('one that moves the target: refused, the target is theirs', async () => {
    const repo = withFeature()
    const theirs = 'git -C ../repo commit -q --allow-empty -m theirs'
    const { landed } = await merge(repo, { 'pre-merge': theirs })
    expect(code(landed)).toBe('NOT_FAST_FORWARD')
    expect(repo.git('log', '-1', '--format=%s', 'main')).toBe('theirs')
    expect(existsSync(repo.feature)).toBe(true)
  })

  test('one that commits: what it committed lands too', async () => {
    const repo = withFeature()
    const { landed } = await merge(repo, { 'pre-merge': 'echo late > late; git add late; git commit -qm late' })
    expect(landed.kind).toBe('done')
    expect(repo.git('show', 'main:late')).toBe('late')
  })

  test.each([
    ['dirties', 'echo x > late.txt', 'late.txt'],
    ['locks', 'git worktree lock "$PWD"', 'locked'],
    ['puts a worktree in', 'git worktree add -q --detach inner', 'inner'],
  ])('one that %s the worktree before it goes: it has landed and stays', async (_, script, word) => {
    const repo = withFeature()
    const tip = repo.oid('main')
    const { landed } = await merge(repo, { 'pre-remove': script })
    expect(landed).toMatchObject({ refusal: { code: 'WORKTREE_KEPT', message: expect.stringContaining(word) } })
    expect(repo.oid('main')).not.toBe(tip)
    expect(existsSync(join(repo.feature, 'feature.txt'))).toBe(true)
  })

  test('one that undoes the landing: the branch stays', async () => {
    const repo = withFeature()
    const { landed, notes } = await merge(repo, { 'pre-remove': 'git -C ../repo reset -q --hard HEAD~1' })
    expect(landed.kind).toBe('done')
    expect(repo.git('show', 'feature:feature.txt')).toBe('one\ntwo')
    const outcomes = [{ branch: 'feature', outcome: { kind: 'retained_unmerged' } }]
    expect(notes.find(({ kind }) => kind === 'removed')).toMatchObject({ result: { outcomes } })
  })

  test('one that commits before the worktree goes: the branch stays', async () => {
    const repo = withFeature()
    await merge(repo, { 'pre-remove': 'echo s > s; git add s; git commit -qm saved' })
    expect(repo.git('show', 'feature:s')).toBe('s')
    expect(repo.tryGit(['cat-file', '-e', 'main:s']).code).not.toBe(0)
  })

  test('one that fails stops it', async () => {
    const repo = withFeature()
    const [main, feature] = [repo.oid('main'), repo.oid('feature')]
    await expect(merge(repo, { 'pre-commit': 'exit 3' })).rejects.toMatchObject({ status: 3 })
    expect([repo.oid('main'), repo.oid('feature')]).toEqual([main, feature])
    await expect(merge(repo, { 'pre-merge': 'exit 3' })).rejects.toMatchObject({ status: 3 })
    expect(repo.oid('main')).toBe(main)
  })
})
