import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ObjectId } from '../../src/core/ids.ts'
import { openGit } from '../../src/git/git.ts'
import { loadHistory } from '../../src/git/history/history.ts'
import { git } from '../support/git.ts'
import { checkAgainstGit, checkAll, load, noGit } from './history-checks.ts'
import { type DrawnCommit, type HistoryRepo, makeHistoryRepo } from './history-repo.ts'

/** 0 to 9 in a row; 10, 11 and 12 branch off at 3, 5 and 8. */
const FORKED: readonly DrawnCommit[] = [[], [0], [1], [2], [3], [4], [5], [6], [7], [8], [3], [5], [8]].map(
  (parents, at) => ({
    parents,
    date: 1_700_000_000 + at,
  }),
)
const FORKED_TIPS = [9, 10, 11, 12]

const tipsOf = (repo: HistoryRepo): readonly ObjectId[] => FORKED_TIPS.map((at) => repo.ids[at] as ObjectId)

test('follows the edge of a shallow clone', async () => {
  const full = makeHistoryRepo(FORKED, { coverage: 'none' })
  full.git('checkout', '-q', '--detach', 'c9')
  full.git('branch', '-q', '-D', ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => `c${at}`))
  const dir = join(full.dir, '..', 'shallow') as HistoryRepo['dir']
  git(['clone', '-q', '--no-single-branch', '--depth=3', `file://${full.dir}`, dir, '-b', 'c9'], {
    cwd: full.dir,
    env: full.env,
  })
  const run = (...args: readonly string[]) => git(args, { cwd: dir, env: full.env })
  const reader = openGit(dir, full.env)
  const repo: HistoryRepo = { ...full, dir, objectsDir: join(dir, '.git/objects'), reader, git: run }
  const history = await load(repo, false, tipsOf(repo))
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
  expect((await load(repo, true, [])).relation(gone, gone)).toBeUndefined()
})
