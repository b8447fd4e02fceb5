import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObjectId } from '../../src/core/ids.ts'
import { loadHistory } from '../../src/git/history/history.ts'
import { checkAll, checkMergeBases, gitCounts, load, noGit } from './history-checks.ts'
import {
  type Coverage,
  crissCrossed,
  type DrawnCommit,
  drawHistory,
  type HistoryRepo,
  makeHistoryRepo,
} from './history-repo.ts'

const RUNS = 20

const drawPairs = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 8, maxLength: 8 })

const pick = (repo: HistoryRepo, pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([one, two]) => [repo.ids[one % repo.ids.length], repo.ids[two % repo.ids.length]] as [ObjectId, ObjectId])

/** Pairs to ask git about, which takes a process each: criss-crossed ones first. */
const choosePairs = (
  repo: HistoryRepo,
  commits: readonly DrawnCommit[],
  drawn: readonly (readonly [number, number])[],
) => {
  const hard = crissCrossed(commits)
  return pick(repo, [...drawn.slice(0, 2), ...drawn.slice(2).map((pair) => hard[pair[0] % hard.length] ?? pair)])
}

test.each<Coverage>(['none', 'whole', 'part', 'chain'])(
  'answers what git answers (commit-graph: %s)',
  async (coverage) => {
    const property = fc.asyncProperty(drawHistory(24), drawPairs, async (commits, pairs) => {
      const repo = makeHistoryRepo(commits, { coverage })
      const reader = coverage === 'whole' ? noGit(repo) : repo.reader
      const history = await loadHistory(reader, { objectsDir: repo.objectsDir, trusted: true, tips: repo.ids })
      checkAll(history, repo, commits)
      checkMergeBases(history, repo, choosePairs(repo, commits, pairs))
    })
    await fc.assert(property, { numRuns: RUNS, seed: 7 })
  },
)

test('answers in a repository of the other hash', async () => {
  const property = fc.asyncProperty(
    drawHistory(20),
    drawPairs,
    fc.constantFrom<Coverage>('none', 'whole', 'part', 'chain'),
    async (commits, pairs, coverage) => {
      const repo = makeHistoryRepo(commits, { coverage, format: 'sha256' })
      const history = await load(repo, true)
      checkAll(history, repo, commits)
      checkMergeBases(history, repo, choosePairs(repo, commits, pairs))
    },
  )
  await fc.assert(property, { numRuns: 12, seed: 7 })
})

test('counts as git counts', async () => {
  const commits = fc
    .sample(drawHistory(30), { numRuns: 12, seed: 3 })
    .filter(([first]) => first?.date === 1_700_000_000)
  for (const drawn of commits) {
    const repo = makeHistoryRepo(drawn, { coverage: 'part' })
    const history = await load(repo, true)
    for (const [base, head] of pick(repo, fc.sample(fc.tuple(fc.nat(), fc.nat()), { numRuns: 4, seed: 1 }))) {
      expect(history.relation(base, head)).toMatchObject(gitCounts(repo, base, head))
    }
  }
})
