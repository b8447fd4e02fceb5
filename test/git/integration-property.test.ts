import { expect, test } from 'vitest'
import { itemOf, listJson } from '../support/cli.ts'
import { configureHostile } from '../support/hostile.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { type Dice, diceFrom } from '../support/shell.ts'
import { standingByGit } from './integration-oracle.ts'

const BRANCHES = ['main', 'one', 'two', 'three', 'four']
const FILES = ['a.txt', 'new.txt', 'dir/b', 'long']

const edit = (dice: Dice): string =>
  Array.from({ length: 6 }, (_, at) => (dice.rarely(4) ? `line ${at} ${dice.roll(2)}\n` : `line ${at}\n`)).join('')

/** What people do to branches. Each may fail, as a conflict would make it; then it is as if nobody had tried. */
const STEPS: readonly ((repo: TestRepo, dice: Dice) => unknown)[] = [
  (repo, dice) => repo.commit('edit', { files: { [dice.pick(FILES)]: edit(dice) } }),
  (repo, dice) => repo.commit('edit', { files: { [dice.pick(FILES)]: edit(dice) } }),
  (repo, dice) => repo.commit('binary', { files: { bin: new Uint8Array([0, dice.roll(3), 10]) } }),
  (repo) => repo.commit('nothing', { files: {} }),
  (repo, dice) => repo.tryGit(['merge', '-q', '-m', 'merge', dice.pick(BRANCHES)]),
  (repo, dice) => repo.tryGit(['merge', '-q', '--no-ff', '-m', 'merge', dice.pick(BRANCHES)]),
  (repo, dice) => {
    if (repo.tryGit(['merge', '-q', '--squash', dice.pick(BRANCHES)]).code === 0)
      repo.tryGit(['commit', '-q', '-m', 'squash'])
  },
  (repo, dice) => repo.tryGit(['cherry-pick', '--allow-empty', dice.pick(BRANCHES)]),
  (repo) => repo.tryGit(['revert', '--no-edit', 'HEAD']),
  (repo, dice) => repo.tryGit(['rebase', '-q', dice.pick(BRANCHES)]),
  (repo, dice) => repo.tryGit(['mv', dice.pick(FILES), 'moved']).code === 0 && repo.git('commit', '-q', '-m', 'move'),
  (repo, dice) => repo.tryGit(['rm', '-q', dice.pick(FILES)]).code === 0 && repo.git('commit', '-q', '-m', 'delete'),
  (repo, dice) => repo.tryGit(['reset', '-q', '--hard', dice.pick(['HEAD~1', 'HEAD~2', ...BRANCHES])]),
]

const tidy = (repo: TestRepo): void => {
  for (const what of ['merge', 'cherry-pick', 'revert', 'rebase']) repo.tryGit([what, '--abort'])
  repo.git('reset', '-q', '--hard')
}

const addHistory = (repo: TestRepo, dice: Dice): void => {
  for (let left = 12 + dice.roll(14); left > 0; left--) {
    repo.git('checkout', '-q', dice.pick(BRANCHES))
    dice.pick(STEPS)(repo, dice)
    tidy(repo)
  }
  if (dice.rarely(3)) {
    repo.git('checkout', '-q', '--orphan', 'orphan')
    repo.commit('orphan', { files: { 'a.txt': 'orphan\n' } })
  }
  repo.git('checkout', '-q', '--detach', 'main')
}

/** Gives `main` an upstream somewhere in the history. */
const addUpstream = (repo: TestRepo, dice: Dice): string | undefined => {
  repo.git('config', 'wt.default-branch', 'main')
  if (dice.rarely(3)) return undefined
  repo.git('update-ref', 'refs/remotes/origin/main', dice.pick(['main', 'main~1', 'one', 'two']))
  repo.git('config', 'remote.origin.url', '/nowhere')
  repo.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  repo.git('branch', '-q', '--set-upstream-to=origin/main', 'main')
  return repo.oid('refs/remotes/origin/main')
}

test.each(Array.from({ length: 16 }, (_, seed) => seed))(
  'random histories, judged as git does check by check: %i',
  async (seed) => {
    const dice = diceFrom(seed * 104_729 + 3)
    const repo = makeRepo('basic', dice.rarely(5) ? { objectFormat: 'sha256' } : {})
    for (const branch of BRANCHES.slice(1)) repo.git('branch', branch, 'main')
    addHistory(repo, dice)
    const upstream = addUpstream(repo, dice)
    if (dice.rarely(3)) repo.git('commit-graph', 'write', '--reachable')
    const branches = repo.git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads').split('\n')
    const expected = branches
      .filter((branch) => branch !== 'main')
      .map((branch) => [
        branch,
        standingByGit(repo, repo.oid(`refs/heads/${branch}`), repo.oid('refs/heads/main'), upstream),
      ])
    if (dice.rarely(3)) configureHostile(repo)
    for (let run = 0; run < 2; run++) {
      const listed = await listJson(repo, ['--branches'])
      const found = expected.map(([branch]) => [branch, itemOf(listed, branch as string).default_branch])
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
      expect(listed.err).not.toMatch(/▲/)
    }
  },
)
