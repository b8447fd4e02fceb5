import { expect } from 'vitest'
import type { ObjectId } from '../../src/core/ids.ts'
import type { GitReader } from '../../src/git/git.ts'
import { type History, loadHistory } from '../../src/git/history/history.ts'
import { tryGit } from '../support/git.ts'
import { type DrawnCommit, type HistoryRepo, reachOf } from './history-repo.ts'

/** A git that must not be asked. */
export const noGit = ({ dir }: HistoryRepo): GitReader => ({
  cwd: dir,
  read: () => Promise.reject(new Error('a process was started')),
  readEach: () => [],
})

/** Loads the history of some commits, by default all that were drawn. */
export const load = (repo: HistoryRepo, trusted: boolean, tips: readonly ObjectId[] = repo.ids): Promise<History> =>
  loadHistory(repo.reader, { objectsDir: repo.objectsDir, trusted, tips })

/** Without `--all`, a git of 2026 names the first that it comes upon, which depends on the commit-graph. */
export const gitMergeBase = (repo: HistoryRepo, base: ObjectId, head: ObjectId): string | undefined =>
  tryGit(['merge-base', '--all', base, head], { cwd: repo.dir, env: repo.env }).stdout.toString().split('\n')[0] ||
  undefined

/** Both counts by git. With skewed dates they can be off, as git stops by date. */
export const gitCounts = (repo: HistoryRepo, base: ObjectId, head: ObjectId) => {
  const [behind, ahead] = repo.git('rev-list', '--left-right', '--count', `${base}...${head}`).split('\t').map(Number)
  return { ahead, behind }
}

const missing = (from: ReadonlySet<number> | undefined, without: ReadonlySet<number> | undefined): readonly number[] =>
  [...(from ?? [])].filter((each) => !without?.has(each))

/** Compares every pair with the drawing. That is exact where git's own counts can be off: with skewed dates. */
export const checkAll = (history: History, repo: HistoryRepo, commits: readonly DrawnCommit[]): void => {
  const reach = reachOf(commits)
  const idsOf = (numbers: readonly number[]) => numbers.map((each) => repo.ids[each]).sort()
  repo.ids.forEach((base, at) => {
    repo.ids.forEach((head, other) => {
      const ahead = missing(reach[other], reach[at])
      const found = history.relation(base, head)
      expect({ at, other, ...found }).toMatchObject({
        ahead: ahead.length,
        behind: missing(reach[at], reach[other]).length,
      })
      expect(history.isAncestor(head, base)).toBe(ahead.length === 0)
      const since = history.since(base, head, ahead.length)
      expect([...(since ?? ['none'])].sort()).toEqual(idsOf(ahead))
      if (ahead.length > 0) expect(history.since(base, head, ahead.length - 1)).toBeUndefined()
      const places = since?.map((id) => repo.ids.indexOf(id)) ?? []
      places.forEach((child, place) => {
        for (const later of places.slice(place + 1)) expect(reach[later]?.has(child)).toBe(false)
      })
    })
  })
}

/** Compares the merge bases of some pairs with git's. */
export const checkMergeBases = (
  history: History,
  repo: HistoryRepo,
  pairs: readonly (readonly [ObjectId, ObjectId])[],
): void => {
  for (const [base, head] of pairs) {
    expect(history.relation(base, head)?.mergeBase, `${base} ${head} in ${repo.dir}`).toBe(
      gitMergeBase(repo, base, head),
    )
  }
}

/** Compares with git alone, where the drawing is no longer what git sees. */
export const checkAgainstGit = (history: History, repo: HistoryRepo, ids: readonly ObjectId[]): void => {
  for (const base of ids) {
    for (const head of ids) {
      expect(history.relation(base, head)).toEqual({
        ...gitCounts(repo, base, head),
        mergeBase: gitMergeBase(repo, base, head),
      })
      const { code } = tryGit(['merge-base', '--is-ancestor', base, head], { cwd: repo.dir, env: repo.env })
      expect(history.isAncestor(base, head)).toBe(code === 0)
    }
  }
}
