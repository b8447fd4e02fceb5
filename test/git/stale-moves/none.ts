import { commitOn, type Move, publish, TOPIC } from './move.ts'

/** Much happens, and nothing that the decision leaned on moves. */
export const noMoves: readonly Move[] = [
  { name: 'nothing', act: () => undefined },
  {
    name: 'the branch is deleted and made again where it was',
    act: (repo) => {
      const was = repo.oid(TOPIC)
      repo.git('branch', '-D', 'topic')
      repo.git('branch', 'topic', was)
    },
  },
  {
    name: 'the branch moves away and back',
    act: (repo) => {
      const was = repo.oid(TOPIC)
      commitOn(repo, TOPIC)
      repo.git('update-ref', TOPIC, was)
    },
  },
  { name: 'pack-refs --all', act: (repo) => repo.git('pack-refs', '--all') },
  { name: 'gc', act: (repo) => repo.git('gc', '-q', '--prune=now') },
  { name: 'reflog expire', act: (repo) => repo.git('reflog', 'expire', '--expire=now', '--all') },
  {
    name: 'stash',
    act: (repo) => {
      repo.write('a.txt', 'changed\n')
      repo.git('stash', 'push', '-q')
    },
  },
  { name: 'a tag with the name of the branch', act: (repo) => repo.git('tag', 'topic', 'feature') },
  { name: 'a tag with the name of the target', act: (repo) => repo.git('tag', 'main', 'main~1') },
  {
    name: 'a branch with the full name of the branch',
    act: (repo) => repo.git('update-ref', `refs/heads/${TOPIC}`, 'feature'),
  },
  {
    name: 'another transaction moves unrelated refs',
    act: (repo) => {
      const id = repo.oid('main')
      repo.tryGit(
        ['update-ref', '--stdin'],
        `create refs/heads/x ${id}\nupdate refs/heads/feature ${id}\ncreate refs/y ${id}\n`,
      )
    },
  },
  {
    name: 'the branch gets an upstream',
    before: publish,
    act: (repo) => repo.git('branch', '-u', 'origin/main', 'topic'),
  },
  {
    name: 'the target moves, and -D leaned on the branch only',
    force: true,
    act: (repo) => repo.commit('more'),
  },
  {
    name: 'the branch becomes a symbolic ref to the same commit: the name goes, the other stays',
    before: (repo) => repo.git('branch', 'same', 'topic'),
    act: (repo) => repo.git('symbolic-ref', TOPIC, 'refs/heads/same'),
  },
]
