import { commit, inClone, MAIN, type Move, ORIGIN, publish } from './move.ts'

/** The ref that judged moves; the branch stays where it was. */
export const judgeMoves: readonly Move[] = [
  {
    name: 'the target is reset behind the branch',
    before: (repo) => repo.git('branch', '-f', 'topic', 'main'),
    act: (repo) => repo.git('reset', '-q', '--hard', 'HEAD~1'),
    moved: MAIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  { name: 'the target moves forward', act: (repo) => repo.commit('more'), moved: MAIN, afresh: 'plan' },
  {
    name: 'the last commit of the target is amended',
    before: (repo) => repo.git('branch', '-f', 'topic', 'main'),
    act: (repo) => repo.git('commit', '-q', '--amend', '-m', 'Second, reworded'),
    moved: MAIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the target is deleted',
    before: (repo) => repo.git('switch', '-q', 'feature'),
    act: (repo) => repo.git('branch', '-q', '-D', 'main'),
    moved: MAIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the target is renamed away',
    act: (repo) => repo.git('branch', '-m', 'main', 'trunk'),
    moved: MAIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the target becomes a symbolic ref to other work',
    act: (repo) => {
      repo.git('update-ref', 'refs/heads/orphan', repo.git('commit-tree', '-m', 'unrelated', 'main^{tree}'))
      repo.git('symbolic-ref', MAIN, 'refs/heads/orphan')
    },
    moved: MAIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the upstream is fetched and has moved on',
    judge: ORIGIN,
    before: publish,
    act: (repo) => {
      inClone(repo, commit, ['push', '-q', 'origin', 'main'])
      repo.git('fetch', '-q')
    },
    moved: ORIGIN,
    afresh: 'plan',
  },
  {
    name: 'the upstream is rewritten and fetched',
    judge: ORIGIN,
    before: publish,
    act: (repo) => {
      inClone(repo, ['switch', '-q', '--orphan', 'x'], commit, ['push', '-q', '-f', 'origin', 'x:main'])
      repo.git('fetch', '-q')
    },
    moved: ORIGIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the upstream is pruned',
    judge: 'refs/remotes/origin/feature',
    before: publish,
    act: (repo) => {
      inClone(repo, ['push', '-q', 'origin', '--delete', 'feature'])
      repo.git('fetch', '-q', '--prune')
    },
    moved: 'refs/remotes/origin/feature',
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the remote is removed',
    judge: ORIGIN,
    before: publish,
    act: (repo) => repo.git('remote', 'remove', 'origin'),
    moved: ORIGIN,
    afresh: 'BRANCH_NOT_INTEGRATED',
  },
  {
    name: 'the HEAD of the remote points elsewhere',
    judge: 'refs/remotes/origin/HEAD',
    before: (repo) => {
      repo.publish()
      repo.git('remote', 'set-head', 'origin', 'main')
    },
    act: (repo) => repo.git('remote', 'set-head', 'origin', 'feature'),
    moved: 'refs/remotes/origin/HEAD',
    afresh: 'plan',
  },
]
