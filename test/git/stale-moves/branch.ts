import { join } from 'node:path'
import { commit, commitOn, inClone, type Move, publish, TOPIC } from './move.ts'

/** The branch itself moves. */
export const branchMoves: readonly Move[] = [
  {
    name: 'a commit on the branch',
    act: (repo) => {
      repo.git('switch', '-q', 'topic')
      repo.commit('new work')
      repo.git('switch', '-q', 'main')
    },
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'a commit on the branch, and -D',
    act: (repo) => commitOn(repo, TOPIC),
    force: true,
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'an amended commit',
    act: (repo) => {
      repo.git('switch', '-q', 'topic')
      repo.git('commit', '-q', '--amend', '-m', 'First, reworded')
      repo.git('switch', '-q', 'main')
    },
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'reset --hard back',
    before: (repo) => repo.git('branch', '-f', 'topic', 'main'),
    act: (repo) => {
      repo.git('switch', '-q', 'topic')
      repo.git('reset', '-q', '--hard', 'HEAD~1')
      repo.git('switch', '-q', 'main')
    },
    moved: TOPIC,
    afresh: 'plan',
  },
  {
    name: 'reset --hard forward, to merged work',
    act: (repo) => {
      repo.git('switch', '-q', 'topic')
      repo.git('reset', '-q', '--hard', 'main')
      repo.git('switch', '-q', 'main')
    },
    moved: TOPIC,
    afresh: 'plan',
  },
  {
    name: 'branch -f',
    act: (repo) => repo.git('branch', '-f', 'topic', 'feature'),
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the branch is deleted',
    act: (repo) => repo.git('branch', '-D', 'topic'),
    moved: TOPIC,
    afresh: 'NO_SUCH_BRANCH',
  },
  {
    name: 'the branch is deleted and made again elsewhere',
    act: (repo) => {
      repo.git('branch', '-D', 'topic')
      repo.git('branch', 'topic', 'feature')
    },
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the branch is renamed away',
    act: (repo) => repo.git('branch', '-m', 'topic', 'elsewhere'),
    moved: TOPIC,
    afresh: 'NO_SUCH_BRANCH',
  },
  {
    name: 'another branch is renamed over it',
    act: (repo) => repo.git('branch', '-M', 'feature', 'topic'),
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the name becomes a directory of branches',
    act: (repo) => {
      repo.git('branch', '-D', 'topic')
      repo.git('branch', 'topic/one', 'feature')
    },
    moved: TOPIC,
    afresh: 'NO_SUCH_BRANCH',
  },
  {
    name: 'the branch becomes a symbolic ref to unmerged work',
    act: (repo) => repo.git('symbolic-ref', TOPIC, 'refs/heads/feature'),
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'a worktree checks the branch out and commits',
    act: (repo) => repo.commit('new work', { dir: repo.addWorktree('topic') }),
    moved: TOPIC,
    afresh: 'BRANCH_CHECKED_OUT',
  },
  {
    name: 'another clone pushes into it',
    act: (repo) => {
      const clone = join(repo.base, 'clone')
      repo.git('clone', '-q', '--branch', 'topic', repo.dir, clone)
      repo.git('-C', clone, ...commit)
      repo.git('-C', clone, 'push', '-q', 'origin', 'topic')
    },
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'a fetch writes into it',
    before: publish,
    act: (repo) => {
      inClone(repo, ['switch', '-q', 'topic'], commit, ['push', '-q', 'origin', 'topic'])
      repo.git('fetch', '-q', 'origin', 'topic:topic')
    },
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'a packed branch gets a loose commit',
    before: (repo) => repo.git('pack-refs', '--all'),
    act: (repo) => commitOn(repo, TOPIC),
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'a rebase of the branch',
    before: (repo) => repo.git('branch', '-f', 'topic', 'main'),
    act: (repo) => {
      repo.git('switch', '-q', 'feature')
      repo.git('rebase', '-q', '--onto', 'main~1', 'main')
      repo.git('branch', '-f', 'topic', 'feature')
      repo.git('switch', '-q', 'main')
    },
    moved: TOPIC,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
]
