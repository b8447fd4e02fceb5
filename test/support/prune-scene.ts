import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath, ObjectId } from '../../src/core/ids.ts'
import { contentsOf } from './landing.ts'
import { merged, onlyMain, unmerged } from './pruning.ts'
import { branchesOf, trashOf, worktreesOf } from './removing.ts'
import type { TestRepo } from './repo.ts'
import { put } from './topic.ts'

/** Ignored files that are more than may be kept, and so many that a process of its own deletes them. */
const BUILT = Array.from({ length: 1200 }, (_, at) => `build/${at % 40}/${at}.o`)

/** What git ignores and a removal keeps, by the worktree that it lies in. */
const KEPT = { 'repo.ff': '.env', 'repo.squashed': 'notes.log', 'repo.here': '.env' }

/** The worktrees that prune has to leave exactly as they are. */
const PRECIOUS = ['repo', 'repo.work', 'repo.dirty', 'repo.locked']

const add = (repo: TestRepo, branch: string): string => {
  const path = merged(repo, branch)
  repo.commit(`${branch} one`, { dir: path, files: { [`${branch}.txt`]: 'one\n' } })
  repo.commit(`${branch} two`, { dir: path, files: { [`${branch}.txt`]: `one\ntwo of ${branch}\n` } })
  return path
}

const squash = (repo: TestRepo, branch: string): void => {
  repo.git('merge', '-q', '--squash', branch)
  repo.git('commit', '-q', '-m', `${branch}, squashed`)
}

const edit = (path: string): void => {
  for (const name of ['.env', 'untracked', 'deep/er/untracked']) put(join(path, name), `${name} in ${path}\n`)
}

/** A file of each way to be uncommitted, in a worktree or in the main one. */
const makeDirty = (repo: TestRepo, path: string): void => {
  edit(path)
  put(join(path, 'a.txt'), 'staged\n')
  put(join(path, 'new.txt'), 'staged and new\n')
  repo.git('-C', path, 'add', 'a.txt', 'new.txt')
  put(join(path, 'a.txt'), 'staged, then changed\n')
  put(join(path, 'b.txt'), 'changed\n')
}

/** Some of everything that prune meets: what goes in each way there is, and what has to stay. */
const build = (): TestRepo => {
  const repo = onlyMain()
  put(join(repo.env.HOME ?? '', '.config/wt/config.toml'), '[remove]\nkeep = "2KB"\n')
  repo.commit('ignore', { files: { '.gitignore': '.env\n*.log\nbuild/\n' } })
  for (const branch of ['ff', 'squashed', 'here', 'lone', 'lone-squashed', 'gone']) add(repo, branch)
  for (const branch of ['ff', 'here', 'lone', 'gone']) repo.git('merge', '-q', '--no-edit', branch)
  for (const branch of ['squashed', 'lone-squashed']) squash(repo, branch)
  for (const branch of ['lone', 'lone-squashed']) repo.git('worktree', 'remove', '--force', `${repo.dir}.${branch}`)
  rmSync(`${repo.dir}.gone`, { recursive: true })
  for (const [name, file] of Object.entries(KEPT)) put(join(repo.base, name, file), `kept of ${name}\n`)
  for (const file of BUILT) put(join(repo.base, 'repo.squashed', file), `${file}\n`)
  repo.addWorktree('head', { from: 'main', detach: true, path: `${repo.dir}.head` })
  edit(unmerged(repo, 'work'))
  makeDirty(repo, merged(repo, 'dirty'))
  edit(merged(repo, 'locked'))
  repo.git('worktree', 'lock', `${repo.dir}.locked`)
  for (const branch of ['ff', 'squashed', 'lone', 'work']) repo.git('config', `branch.${branch}.description`, branch)
  makeDirty(repo, repo.dir)
  return repo
}

/** A repository to be pruned, as often as it is wanted. */
export interface PruneScene {
  readonly repo: TestRepo
  /** A worktree that goes, to stand in. */
  readonly here: AbsolutePath
  /** Makes everything as it was. */
  reset(): void
  remove(): void
}

/** Makes one. `prepare` is run once, before what it is reset to is noted. */
export const pruneScene = async (prepare: (repo: TestRepo) => Promise<unknown>): Promise<PruneScene> => {
  const repo = build()
  await prepare(repo)
  const pristine = `${repo.base}.pristine`
  const copy = (from: string, to: string): void => {
    const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  copy(repo.base, pristine)
  return {
    repo,
    here: `${repo.dir}.here` as AbsolutePath,
    reset: () => {
      repo.remove()
      copy(pristine, repo.base)
    },
    remove: () => {
      repo.remove()
      rmSync(pristine, { recursive: true })
    },
  }
}

/** The commits of all branches. */
export const tipsOf = (repo: TestRepo): ReadonlyMap<string, ObjectId> =>
  new Map(branchesOf(repo).map((branch) => [branch, repo.oid(`refs/heads/${branch}`)]))

/** What stays, to the byte. */
export const preciousOf = (repo: TestRepo): string =>
  PRECIOUS.map((name) => contentsOf(repo, join(repo.base, name))).join('\n')

/** The branches whose commit is neither a branch's nor in main, and whose file is not in main either. */
export const lostTips = (repo: TestRepo, before: ReadonlyMap<string, ObjectId>): readonly string[] => {
  const now = tipsOf(repo)
  const blob = (revision: string): string => repo.tryGit(['rev-parse', '--verify', '-q', revision]).stdout.toString()
  return [...before].flatMap(([branch, oid]) => {
    if (now.get(branch) === oid || repo.tryGit(['merge-base', '--is-ancestor', oid, 'main']).code === 0) return []
    const [theirs, ours] = [blob(`${oid}:${branch}.txt`), blob(`main:${branch}.txt`)]
    return theirs !== '' && theirs === ours ? [] : [branch]
  })
}

const wtDirectory = (repo: TestRepo): string => join(repo.dir, '.git/wt')

const filesBelow = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
        .sort()
    : []

/** What was kept of removed worktrees, by registration and path. */
const keptIn = (repo: TestRepo): readonly string[] => {
  const kept = join(wtDirectory(repo), 'kept')
  return filesBelow(kept)
    .filter((path) => path.includes('/files/'))
    .map((path) => `${path.replace(/-\d+\/files/, '')}: ${readFileSync(join(kept, path), 'utf8')}`)
    .sort()
}

/** Ignored files worth keeping that are in none of their places: the worktree, the trash, or with what is kept. */
export const lostFiles = (repo: TestRepo): readonly string[] => {
  const trash = join(wtDirectory(repo), 'trash')
  const staged = existsSync(trash) ? readdirSync(trash) : []
  return Object.entries(KEPT).flatMap(([name, file]) => {
    const text = `kept of ${name}\n`
    const places = [join(repo.base, name), ...staged.filter((at) => at.startsWith(name)).map((at) => join(trash, at))]
    const isThere = places.some(
      (place) => existsSync(join(place, file)) && readFileSync(join(place, file), 'utf8') === text,
    )
    return isThere || keptIn(repo).includes(`${name}/${file}: ${text}`) ? [] : [name]
  })
}

/** Records that stay, and drafts that were never put in their places: these are small, and nobody ever reads them. */
const RECORDS = [
  /^(?:cache|logs)\//,
  /^locks\/\w+\/(?:\d+(?:\.done)?|.*\.tmp)$/,
  /^operations\/.*\.(?:json|tmp)$/,
  /^kept\/[^/]+\/(?:files\/|admin\/|manifest\.json)/,
]

/** What of ours is no record that stays: notes of what is under way, trash. */
const leftoversIn = (repo: TestRepo): readonly string[] =>
  filesBelow(wtDirectory(repo)).filter((path) => !RECORDS.some((record) => record.test(path)))

/** Everything that can be noticed when prune and all that it has started have ended. */
export const endOf = (repo: TestRepo): object => ({
  refs: repo.git('for-each-ref', '--format=%(refname) %(objectname)').split('\n'),
  worktrees: worktreesOf(repo),
  directories: readdirSync(repo.base).sort(),
  settings: repo.git('config', '--local', '--list').split('\n').sort(),
  trash: trashOf(repo),
  kept: keptIn(repo),
  leftovers: leftoversIn(repo),
  precious: preciousOf(repo),
})

export const UNTOUCHED = 'before anything was written'

/** How far a prune that was killed had come. */
export const progressOf = (repo: TestRepo, before: ReadonlyMap<string, ObjectId>): string => {
  const [branches, trash] = [tipsOf(repo).size - before.size, trashOf(repo).length]
  const worktrees = worktreesOf(repo).length
  if (branches < 0) return trash > 0 ? 'branches gone, trash waiting' : 'all done'
  if (worktrees === 8) return trash > 0 ? 'the first worktree in the trash' : UNTOUCHED
  return worktrees === 3 ? 'all worktrees gone, branches there' : 'some worktrees gone'
}
