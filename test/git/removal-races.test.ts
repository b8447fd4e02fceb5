import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import type { RemovalOutcome } from '../../src/worktree/remove/result.ts'
import { type RemoveOptions, runRemove } from '../../src/worktree/remove/run.ts'
import { branchesOf, keptOf, worktreesOf } from '../support/removing.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

interface Scene {
  readonly repo: TestRepo
  readonly path: AbsolutePath
}

const scene = (): Scene => {
  const repo = makeRepo('basic')
  repo.git('branch', '-q', '-f', 'topic', 'main')
  return { repo, path: repo.addWorktree('topic') }
}

/** Removes worktrees, with something that happens between the look at each and its removal. */
const removing = async (
  { repo }: Scene,
  meanwhile: (branch: string | undefined) => void,
  options: Partial<RemoveOptions> = {},
): Promise<readonly RemovalOutcome[]> => {
  const { outcomes } = await runRemove(
    {
      env: repo.env,
      cwd: repo.dir,
      home: undefined,
      configPath: undefined,
      configSets: [],
      now: Date.now,
      command: ['wt', 'remove'],
      startedIn: repo.dir,
      handOff: { kind: 'none', why: 'no-wrapper' },
      program: undefined,
      progress: () => undefined,
      beforeRemoval: async ({ branch }) => meanwhile(branch),
    },
    {
      targets: ['topic'],
      force: false,
      forceDelete: false,
      deleteBranch: undefined,
      foreground: true,
      reap: false,
      dryRun: false,
      ...options,
    },
  )
  return outcomes
}

describe('between the look and the removal', () => {
  test('a change keeps the worktree', async () => {
    const it = scene()
    const outcomes = await removing(it, () => writeFileSync(join(it.path, 'new'), 'x'))
    expect(outcomes).toMatchObject([{ kind: 'refused', refusal: { code: 'WORKTREE_DIRTY', details: ['?? new'] } }])
    expect(readFileSync(join(it.path, 'new'), 'utf8')).toBe('x')
  })

  test('a commit keeps the branch, with -D too: nobody said that it may go', async () => {
    for (const forceDelete of [false, true]) {
      const it = scene()
      const outcomes = await removing(it, () => void it.repo.commit('late', { dir: it.path }), { forceDelete })
      const kind = forceDelete ? 'retained_raced' : 'retained_unmerged'
      expect(outcomes).toMatchObject([{ kind: 'worktree', outcome: { kind } }])
      expect(existsSync(it.path)).toBe(false)
      expect(branchesOf(it.repo)).toContain('topic')
    }
  })

  test('a lock keeps everything, whatever flags are given', async () => {
    const it = scene()
    const all = { force: true, forceDelete: true }
    const outcomes = await removing(it, () => void it.repo.git('worktree', 'lock', it.path), all)
    expect(outcomes).toMatchObject([{ kind: 'refused', refusal: { code: 'WORKTREE_LOCKED' } }])
    expect(existsSync(it.path)).toBe(true)
    expect(branchesOf(it.repo)).toContain('topic')
  })

  test('another checkout keeps the branch', async () => {
    const it = scene()
    const second = join(it.repo.base, 'second')
    const add = (): void => void it.repo.git('worktree', 'add', '-q', '--force', second, 'topic')
    const outcomes = await removing(it, add, { forceDelete: true })
    expect(outcomes).toMatchObject([{ kind: 'worktree', outcome: { kind: 'retained_checked_out', at: second } }])
    expect(branchesOf(it.repo)).toContain('topic')
  })

  test('what proved the work may move away, or go', async () => {
    for (const change of [
      ['reset', '-q', '--hard', 'HEAD~1'],
      ['branch', '-q', '-D', 'trunk'],
    ]) {
      const it = scene()
      it.repo.commit('work')
      it.repo.git('branch', '-q', 'trunk')
      it.repo.git('-C', it.path, 'reset', '-q', '--hard', 'main')
      it.repo.git('config', 'wt.default-branch', change[0] === 'reset' ? 'main' : 'trunk')
      const outcomes = await removing(it, () => void it.repo.git(...change))
      expect(outcomes).toMatchObject([{ kind: 'worktree', outcome: { kind: 'retained_unmerged' } }])
      expect(branchesOf(it.repo)).toContain('topic')
    }
  })

  test('another branch may take the name: it stays', async () => {
    const it = scene()
    const own = it.repo.commit('own')
    it.repo.git('reset', '-q', '--hard', 'HEAD~1')
    const outcomes = await removing(it, () => void it.repo.git('update-ref', 'refs/heads/topic', own))
    expect(outcomes).toHaveLength(1)
    expect(it.repo.oid('topic')).toBe(own)
  })

  test('the branch may be gone: what the index holds is then committed nowhere', async () => {
    const it = scene()
    const outcomes = await removing(it, () => void it.repo.git('update-ref', '-d', 'refs/heads/topic'))
    expect(outcomes).toMatchObject([{ kind: 'refused', refusal: { code: 'WORKTREE_DIRTY' } }])
  })

  test('the worktree may be gone: the branch goes by its own rules', async () => {
    const it = scene()
    const outcomes = await removing(it, () => void it.repo.git('worktree', 'remove', it.path))
    expect(outcomes).toMatchObject([{ kind: 'branch', outcome: { kind: 'deleted' } }])
  })

  test('the directory may be swapped for a link to a copy: neither is touched', async () => {
    const it = scene()
    const victim = join(it.repo.base, 'victim')
    mkdirSync(victim)
    writeFileSync(join(victim, '.git'), readFileSync(join(it.path, '.git')))
    writeFileSync(join(victim, 'keep'), 'k')
    const aside = `${it.path}-aside`
    const swap = (): void => {
      renameSync(it.path, aside)
      symlinkSync(victim, it.path)
    }
    const outcomes = await removing(it, swap, { force: true })
    expect(outcomes).toMatchObject([{ kind: 'refused', refusal: { code: 'WORKTREE_NOT_OURS' } }])
    expect(readFileSync(join(victim, 'keep'), 'utf8')).toBe('k')
    expect(existsSync(join(aside, '.git'))).toBe(true)
  })

  test('what fails there keeps that one worktree only', async () => {
    const it = scene()
    it.repo.addWorktree('other', { from: 'main' })
    const fail = (branch: string | undefined): void => {
      if (branch === 'topic') throw new Error('no')
    }
    const outcomes = await removing(it, fail, { targets: ['topic', 'other'] })
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'worktree'])
    expect(worktreesOf(it.repo)).toEqual(['repo.topic'])
  })

  test('with --force, what was added then is kept, too', async () => {
    const it = scene()
    await removing(it, () => writeFileSync(join(it.path, 'late'), 'x'), { force: true })
    expect(keptOf(it.repo)[0]?.files).toEqual({ late: 'x' })
  })
})
