// What takes part in the benchmark: each a command, and what is done around a run of it, outside of the measured time.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'wt.js')

/** What a person would type without `wt`: the worktrees, and the status of each, one after the other. */
const LOOP = `git worktree list
git worktree list --porcelain | sed -n 's/^worktree //p' | while read -r path; do git -C "$path" status --porcelain=v2 -z; done`

/** The refs, the statuses two at a time, and one start of Node: nothing that answers from git can do with less. */
const FLOOR = `git for-each-ref refs/heads refs/remotes
git worktree list --porcelain | sed -n 's/^worktree //p' | xargs -P 2 -I @ git -C @ status --porcelain=v2 -z
"$0" -e 0`

const shell = (script) => ['/bin/sh', '-c', script, process.execPath]

const commandsOf = (peer) => [['wt', [process.execPath, BUILT]], ...(peer === '' ? [] : [['peer', peer.split(' ')]])]

/** Who is measured in a fixture. The first is what the others are compared with. */
export const contestants = (repo, peer) => {
  const state = join(repo, '.git', 'wt')
  // Everyone finds only what it left behind itself: another program's cache, or one made cold, is not its own.
  const guarded = (name, command, drop) => {
    const parked = join(repo, '.git', `bench-${name.replaceAll(/[^a-z]+/g, '-')}`)
    rmSync(parked, { recursive: true, force: true })
    return {
      name,
      command,
      before: () => {
        rmSync(state, { recursive: true, force: true })
        if (existsSync(parked)) renameSync(parked, state)
        if (drop) rmSync(join(state, 'cache'), { recursive: true, force: true })
      },
      after: () => {
        if (existsSync(state)) renameSync(state, parked)
      },
    }
  }
  return [
    { name: 'loop', command: shell(LOOP) },
    { name: 'floor', command: shell(FLOOR) },
    ...commandsOf(peer).flatMap(([name, command]) => [
      guarded(`${name} list, warm`, [...command, 'list'], false),
      guarded(`${name} list, cold`, [...command, 'list'], true),
      guarded(`${name} list --branches, cold`, [...command, 'list', '--branches'], true),
    ]),
  ]
}

/** Who is measured for the time to start. A `wt` without a home has nowhere to keep V8's code cache. */
export const startContestants = (peer) => [
  { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
  ...commandsOf(peer).flatMap(([name, command]) => [
    { name: `${name} --version`, command: [...command, '--version'] },
    { name: `${name} --version, no code cache`, command: ['/usr/bin/env', '-u', 'HOME', ...command, '--version'] },
  ]),
]

/** Counts the git processes that a run starts, by a `git` that stands first on PATH and notes each call. */
export const openCounter = (directory, env) => {
  const bin = join(directory, 'counting')
  const log = join(directory, 'git.log')
  const real = spawnSync('/bin/sh', ['-c', 'command -v git'], { env, encoding: 'utf8' }).stdout.trim()
  mkdirSync(bin)
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho >> '${log}'\nexec '${real}' "$@"\n`)
  chmodSync(join(bin, 'git'), 0o755)
  return {
    count: (run) => {
      const counting = { ...env, PATH: `${bin}:${env.PATH}` }
      // Another git on PATH is news to a program that remembers which one it asked: that run does not count.
      run(counting)
      writeFileSync(log, '')
      run(counting)
      return readFileSync(log, 'utf8').length
    },
  }
}
