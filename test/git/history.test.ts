import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObjectId } from '../../src/core/ids.ts'
import type { GitReader } from '../../src/git/git.ts'
import { type History, loadHistory } from '../../src/git/history/history.ts'
import { git, tryGit } from '../support/git.ts'
import { type Coverage, crissCrossed, type DrawnCommit, drawHistory, type HistoryRepo, makeHistoryRepo, reachOf } from './history-repo.ts'

const RUNS = 40

/** A git that must not be asked. */
const noGit = ({ dir }: HistoryRepo): GitReader => ({
  cwd: dir,
  read: () => Promise.reject(new Error('a process was started')),
})

const load = (repo: HistoryRepo, trusted: boolean, tips: readonly ObjectId[] = repo.ids): Promise<History> =>
  loadHistory(repo.reader, { objectsDir: repo.objectsDir, trusted, tips })

const gitMergeBase = (repo: HistoryRepo, base: ObjectId, head: ObjectId): string | undefined =>
  tryGit(['merge-base', base, head], { cwd: repo.dir, env: repo.env }).stdout.toString().trim() || undefined

const gitCounts = (repo: HistoryRepo, base: ObjectId, head: ObjectId) => {
  const [behind, ahead] = repo.git('rev-list', '--left-right', '--count', `${base}...${head}`).split('\t').map(Number)
  return { ahead, behind }
}

const missing = (from: ReadonlySet<number> | undefined, without: ReadonlySet<number> | undefined): readonly number[] =>
  [...(from ?? [])].filter((each) => !without?.has(each))

/** Compares every pair with the drawing. That is exact where git's own counts can be off: with skewed dates. */
const checkAll = (history: History, repo: HistoryRepo, commits: readonly DrawnCommit[]): void => {
  const reach = reachOf(commits)
  const idsOf = (numbers: readonly number[]) => numbers.map((each) => repo.ids[each]).sort()
  repo.ids.forEach((base, at) => {
    repo.ids.forEach((head, other) => {
      const ahead = missing(reach[other], reach[at])
      const found = history.relation(base, head)
      expect({ at, other, ...found }).toMatchObject({ ahead: ahead.length, behind: missing(reach[at], reach[other]).length })
      expect(history.isAncestor(head, base)).toBe(ahead.length === 0)
      const since = history.since(base, head, ahead.length)
      expect([...(since ?? ['none'])].sort()).toEqual(idsOf(ahead))
      if (ahead.length > 0) expect(history.since(base, head, ahead.length - 1)).toBeUndefined()
      since?.forEach((id, place) => {
        const own = reach[repo.ids.indexOf(id)]
        for (const later of since.slice(place + 1)) expect(reach[repo.ids.indexOf(later)]?.has(repo.ids.indexOf(id))).toBe(false)
        expect(own?.size).toBeGreaterThan(0)
      })
    })
  })
}

const drawPairs = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 8, maxLength: 8 })

const pick = (repo: HistoryRepo, pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([one, two]) => [repo.ids[one % repo.ids.length], repo.ids[two % repo.ids.length]] as [ObjectId, ObjectId])

/** Pairs to ask git about, which takes a process each: criss-crossed ones first. */
const choosePairs = (repo: HistoryRepo, commits: readonly DrawnCommit[], drawn: readonly (readonly [number, number])[]) => {
  const hard = crissCrossed(commits)
  return pick(repo, [...drawn.slice(0, 2), ...drawn.slice(2).map((pair) => hard[pair[0] % hard.length] ?? pair)])
}

const checkMergeBases = (history: History, repo: HistoryRepo, pairs: readonly (readonly [ObjectId, ObjectId])[]): void => {
  for (const [base, head] of pairs) {
    expect(history.relation(base, head)?.mergeBase, `${base} ${head} in ${repo.dir}`).toBe(gitMergeBase(repo, base, head))
  }
}

test.each<Coverage>(['none', 'whole', 'part', 'chain'])('answers what git answers (commit-graph: %s)', async (coverage) => {
  const property = fc.asyncProperty(drawHistory(24), drawPairs, async (commits, pairs) => {
    const repo = makeHistoryRepo(commits, { coverage })
    const reader = coverage === 'whole' ? noGit(repo) : repo.reader
    const history = await loadHistory(reader, { objectsDir: repo.objectsDir, trusted: true, tips: repo.ids })
    checkAll(history, repo, commits)
    checkMergeBases(history, repo, choosePairs(repo, commits, pairs))
  })
  await fc.assert(property, { numRuns: RUNS, seed: 7 })
})

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
  const commits = fc.sample(drawHistory(30), { numRuns: 12, seed: 3 }).filter(([first]) => first?.date === 1_700_000_000)
  for (const drawn of commits) {
    const repo = makeHistoryRepo(drawn, { coverage: 'part' })
    const history = await load(repo, true)
    for (const [base, head] of pick(repo, fc.sample(fc.tuple(fc.nat(), fc.nat()), { numRuns: 4, seed: 1 }))) {
      expect(history.relation(base, head)).toMatchObject(gitCounts(repo, base, head))
    }
  }
})

/** Compares with git alone, where the drawing is no longer what git sees. */
const checkAgainstGit = (history: History, repo: HistoryRepo, ids: readonly ObjectId[]): void => {
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

/** 0 to 9 in a row; 10, 11 and 12 branch off at 3, 5 and 8. */
const FORKED: readonly DrawnCommit[] = [[], [0], [1], [2], [3], [4], [5], [6], [7], [8], [3], [5], [8]].map((parents, at) => ({
  parents,
  date: 1_700_000_000 + at,
}))
const FORKED_TIPS = [9, 10, 11, 12]

const tipsOf = (repo: HistoryRepo): readonly ObjectId[] => FORKED_TIPS.map((at) => repo.ids[at] as ObjectId)

test('follows the edge of a shallow clone', async () => {
  const full = makeHistoryRepo(FORKED, { coverage: 'none' })
  full.git('checkout', '-q', '--detach', 'c9')
  full.git('branch', '-q', '-D', ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => `c${at}`))
  const dir = join(full.dir, '..', 'shallow')
  git(['clone', '-q', '--no-single-branch', '--depth=3', `file://${full.dir}`, dir, '-b', 'c9'], { cwd: full.dir, env: full.env })
  const run = (...args: readonly string[]) => git(args, { cwd: dir, env: full.env })
  const repo = { ...full, dir: dir as HistoryRepo['dir'], objectsDir: join(dir, '.git/objects'), git: run }
  const history = await loadHistory({ ...full.reader, cwd: repo.dir, read: (args, options) => full.reader.read(args, { ...options, cwd: repo.dir }) }, {
    objectsDir: repo.objectsDir,
    trusted: false,
    tips: tipsOf(repo),
  })
  expect(history.relation(repo.ids[9] as ObjectId, repo.ids[10] as ObjectId)?.mergeBase).toBeUndefined()
  checkAgainstGit(history, repo, tipsOf(repo))
})

test('follows grafts and replaced commits', async () => {
  const grafted = makeHistoryRepo(FORKED, { coverage: 'whole' })
  mkdirSync(join(grafted.dir, '.git/info'))
  writeFileSync(join(grafted.dir, '.git/info/grafts'), `${grafted.ids[10]} ${grafted.ids[7]}\n${grafted.ids[4]}\n`)
  checkAgainstGit(await load(grafted, false), grafted, tipsOf(grafted))

  const replaced = makeHistoryRepo(FORKED, { coverage: 'whole' })
  replaced.git('replace', '--graft', replaced.ids[10] as string, replaced.ids[6] as string, replaced.ids[1] as string)
  checkAgainstGit(await load(replaced, false, tipsOf(replaced)), replaced, tipsOf(replaced))
})

test('finds the graph of a borrowed object store', async () => {
  const lender = makeHistoryRepo(FORKED, { coverage: 'whole' })
  const borrower = makeHistoryRepo([{ parents: [], date: 1 }], { coverage: 'none' })
  mkdirSync(join(borrower.objectsDir, 'info'), { recursive: true })
  writeFileSync(join(borrower.objectsDir, 'info/alternates'), `# a comment\n${lender.objectsDir}\n`)
  const history = await loadHistory(noGit(borrower), { ...borrower, trusted: true, tips: lender.ids })
  checkAll(history, lender, FORKED)
})

test('does not know what does not exist', async () => {
  const repo = makeHistoryRepo(FORKED, { coverage: 'part' })
  const gone = '1234567890123456789012345678901234567890' as ObjectId
  const tree = repo.git('rev-parse', 'c0^{tree}') as ObjectId
  const wide = '12'.repeat(32) as ObjectId
  const history = await load(repo, true, [...repo.ids, gone, tree, wide])
  checkAll(history, repo, FORKED)
  for (const unknown of [gone, tree, wide]) {
    expect(history.relation(unknown, repo.ids[0] as ObjectId)).toBeUndefined()
    expect(history.isAncestor(repo.ids[0] as ObjectId, unknown)).toBeUndefined()
    expect(history.since(repo.ids[0] as ObjectId, unknown, 9)).toBeUndefined()
  }
  appendFileSync(join(repo.dir, 'unused'), '')
  expect((await load(repo, true, [])).relation(gone, gone)).toBeUndefined()
})
