// Builds the repositories that the benchmark measures, once for each recipe, outside of this repository.
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { branchName, historyStream } from './stream.mjs'

/** Part of the directory's name: a change of the recipe builds everything afresh. */
const RECIPE = 1

/** `worktrees` counts the main one; `dirty` of the linked ones have a changed file and a new one. */
export const shapes = {
  small: { worktrees: 10, branches: 60, commits: 300, files: 100, dirty: 4 },
  medium: { worktrees: 50, branches: 250, commits: 1500, files: 500, dirty: 24 },
  wide: { worktrees: 5, branches: 5000, commits: 10_000, files: 300, dirty: 2 },
  long: { worktrees: 20, branches: 220, commits: 55_000, files: 4000, dirty: 10 },
}

/** Where fixtures are kept between runs. */
export const defaultDirectory = () => {
  const { XDG_CACHE_HOME: cache } = process.env
  return join(cache?.startsWith('/') ? cache : join(homedir(), '.cache'), `wt-bench-${RECIPE}`)
}

/** Nothing of whoever measures: not the configuration, and not what makes Node slower to start. */
export const cleanEnvironment = (home) => ({
  PATH: process.env.PATH,
  HOME: home,
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  TERM: 'xterm-256color',
  COLUMNS: '160',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
})

const git = (cwd, env, ...args) => {
  const { status, stderr, stdout } = spawnSync('git', args, { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout
}

const importHistory = async (cwd, env, shape) => {
  const child = spawn('git', ['fast-import', '--quiet'], { cwd, env, stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = new Promise((resolve) => child.on('close', resolve))
  await pipeline(historyStream(shape), child.stdin)
  if ((await ended) !== 0) throw new Error('git fast-import failed')
}

const remoteConfig = (branches) => {
  const tracking = Array.from({ length: Math.ceil(branches / 2) }, (_, half) => {
    const name = branchName(half * 2)
    return `[branch "${name}"]\n\tremote = origin\n\tmerge = refs/heads/${name}\n`
  })
  return `[remote "origin"]\n\turl = /nowhere/origin.git\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n${tracking.join('')}`
}

const addWorktrees = (repo, env, { worktrees, dirty }) => {
  for (let at = 0; at < worktrees - 1; at++) {
    const path = `${repo}.${String(at).padStart(2, '0')}`
    git(repo, env, 'worktree', 'add', '-q', path, branchName(at))
    if (at >= dirty) continue
    appendFileSync(join(path, 'src/part-1/file-1.txt'), 'changed\n')
    writeFileSync(join(path, 'new.txt'), 'new\n')
  }
}

/** Worktrees are registered by absolute path, so everything is built in its final place. */
const build = async (place, shape) => {
  const home = join(place, 'home')
  const repo = join(place, 'repo')
  const env = cleanEnvironment(home)
  for (const each of [home, repo]) mkdirSync(each, { recursive: true })
  git(repo, env, 'init', '-q', '-b', 'main', '--template=')
  await importHistory(repo, env, shape)
  git(repo, env, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
  appendFileSync(join(repo, '.git', 'config'), remoteConfig(shape.branches))
  git(repo, env, 'reset', '-q', '--hard')
  git(repo, env, 'gc', '-q', '--prune=now')
  git(repo, env, 'commit-graph', 'write', '--reachable')
  addWorktrees(repo, env, shape)
  // Every index is refreshed once, so that no measured status has to.
  for (const line of git(repo, env, 'worktree', 'list', '--porcelain').split('\n')) {
    if (line.startsWith('worktree ')) git(line.slice('worktree '.length), env, 'status')
  }
}

/** The main worktree of a fixture, built if it is not there. What a killed build left behind is built again. */
export const fixture = async (directory, name) => {
  const place = join(directory, name)
  const finished = join(place, 'finished')
  if (!existsSync(finished)) {
    rmSync(place, { recursive: true, force: true })
    await build(place, shapes[name])
    writeFileSync(finished, '')
  }
  return join(place, 'repo')
}
