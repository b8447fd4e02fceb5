import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath, ObjectId, RefName } from '../../src/core/ids.ts'
import type { Advance } from '../../src/core/plan.ts'
import { apply } from '../../src/git/apply.ts'
import { finishKilledSync } from '../../src/git/landing/advance.ts'
import { notePendingSync, pendingSync } from '../../src/git/landing/pending-sync.ts'
import { everythingOf, type LandRepo, withFeature } from '../support/landing.ts'
import { capture, contextOf } from '../support/removal.ts'

const MAIN = 'refs/heads/main' as RefName

const placeOf = (repo: LandRepo) => ({ path: repo.dir, gitDir: join(repo.dir, '.git') as AbsolutePath })

const forward = (repo: LandRepo, more: Partial<Advance> = {}): Advance => ({
  kind: 'advance',
  ref: MAIN,
  expected: repo.oid('main'),
  to: repo.oid('feature'),
  reason: 'test',
  worktree: placeOf(repo),
  ...more,
})

const advance = async (repo: LandRepo, effect: Advance): Promise<unknown> =>
  apply(contextOf(repo), { kind: 'plan', basis: await capture(repo), effects: [effect] })

const leftovers = (repo: LandRepo): readonly string[] => {
  const staging = join(repo.dir, '.git', 'wt', 'staging')
  return existsSync(staging) ? readdirSync(staging) : []
}

describe('a branch and its files move together', () => {
  test('or neither does: the target is elsewhere, the source is, the index is locked', async () => {
    const repo = withFeature()
    const before = everythingOf(repo)
    const elsewhere = repo.oid('topic')
    await expect(advance(repo, forward(repo, { expected: elsewhere }))).rejects.toMatchObject({ code: 'REF_MOVED' })
    const source = { ref: 'refs/heads/feature' as RefName, expected: elsewhere }
    await expect(advance(repo, forward(repo, { source }))).rejects.toMatchObject({ code: 'REF_MOVED' })
    expect(everythingOf(repo)).toBe(before)
    writeFileSync(join(repo.dir, '.git/index.lock'), '')
    await expect(advance(repo, forward(repo))).rejects.toMatchObject({ code: 'SYNC_FAILED' })
    expect(everythingOf(repo)).toBe(before)
    expect(repo.git('reflog', '-1', '--format=%gs', 'main')).toBe('wt: rollback (worktree sync failed)')
    expect(leftovers(repo)).toEqual([])
  })

  test.skipIf(process.getuid?.() === 0)(
    'a directory that may not be written: what was written goes again',
    async () => {
      const repo = withFeature()
      mkdirSync(join(repo.dir, 'zz'))
      repo.commit('zz', { files: { 'zz/old': 'o' } })
      repo.at('rebase', '-q', 'main')
      repo.commit('both', { dir: repo.feature, files: { 'a.txt': 'theirs', 'zz/new': 'n' } })
      const before = everythingOf(repo)
      chmodSync(join(repo.dir, 'zz'), 0o555)
      await expect(advance(repo, forward(repo))).rejects.toMatchObject({ code: 'SYNC_FAILED' })
      chmodSync(join(repo.dir, 'zz'), 0o755)
      expect(everythingOf(repo)).toBe(before)
    },
  )

  test('a filter that breaks off in the middle: the branch and every file are put back', async () => {
    const repo = withFeature()
    repo.git('config', 'filter.bad.smudge', 'false')
    repo.git('config', 'filter.bad.clean', 'cat')
    repo.git('config', 'filter.bad.required', 'true')
    repo.commit('both', {
      dir: repo.feature,
      files: { 'a.txt': 'theirs\n', '.gitattributes': 'zz filter=bad\n', zz: 'z' },
    })
    const before = everythingOf(repo)
    await expect(advance(repo, forward(repo))).rejects.toMatchObject({ code: 'SYNC_FAILED' })
    expect(repo.git('status', '--porcelain')).toBe('')
    expect(everythingOf(repo)).toBe(before)
  })
})

describe('a run that was killed between branch and files', () => {
  const killed = (repo: LandRepo): void => {
    const [from, to] = [repo.oid('main'), repo.oid('feature')]
    notePendingSync(placeOf(repo).gitDir, placeOf(repo).gitDir, { ref: MAIN, from, to })
    repo.git('update-ref', 'refs/heads/main', to)
  }

  test('has its work finished by the next', async () => {
    const repo = withFeature()
    killed(repo)
    expect(repo.git('status', '--porcelain')).not.toBe('')
    expect(await finishKilledSync(contextOf(repo), placeOf(repo))).toBe(true)
    expect(repo.git('status', '--porcelain')).toBe('')
    expect(readFileSync(join(repo.dir, 'feature.txt'), 'utf8')).toBe('one\ntwo\n')
    expect(await finishKilledSync(contextOf(repo), placeOf(repo))).toBe(false)
  })

  test('unless somebody has worked there since, or the branch is elsewhere', async () => {
    const repo = withFeature()
    killed(repo)
    repo.write('feature.txt', 'mine')
    expect(await finishKilledSync(contextOf(repo), placeOf(repo))).toBe(false)
    expect(readFileSync(join(repo.dir, 'feature.txt'), 'utf8')).toBe('mine')
    const { gitDir } = placeOf(repo)
    notePendingSync(gitDir, gitDir, { ref: MAIN, from: repo.oid('main'), to: 'a'.repeat(40) as ObjectId })
    expect(await finishKilledSync(contextOf(repo), placeOf(repo))).toBe(false)
    expect(pendingSync(gitDir, gitDir)).toBe(undefined)
  })
})
