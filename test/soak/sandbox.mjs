// What a soak stands on: chance that can be repeated, git, processes that are killed in the middle, and what is left.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** mulberry32: small, and the same everywhere. */
export const randomFrom = (start) => {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
/** Runs git and processes in one sandbox, whose mark is its TMPDIR. */
export const openSandbox = (root, env) => {
  const git = (cwd, ...args) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 })
    return { status, out: stdout, err: stderr }
  }
  const must = (cwd, ...args) => {
    const { status, out, err } = git(cwd, ...args)
    if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}: ${err}`)
    return out.trim()
  }

  /** Starts a program in a group of its own and, where `kill` says so, ends it in the middle. */
  const run = (program, args, cwd, kill) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
      let err = ''
      child.stderr.on('data', (piece) => {
        err += piece
      })
      child.stdout.resume()
      if (kill !== undefined) {
        setTimeout(() => {
          try {
            process.kill(kill.group ? -child.pid : child.pid, 'SIGKILL')
          } catch {
            // It was quicker.
          }
        }, kill.after)
      }
      child.on('error', (error) => resolve({ code: 127, err: String(error) }))
      child.on('close', (code, signal) => resolve({ code, signal, err }))
    })

  /** Whatever of ours is still at work: the sandbox's own TMPDIR marks it. */
  const stragglers = () => {
    const found = []
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
      try {
        if (readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`TMPDIR=${root}`)) found.push(pid)
      } catch {
        // It has ended meanwhile.
      }
    }
    return found
  }
  return { git, must, run, stragglers }
}

export const filesBelow = (directory, depth = 8) => {
  if (depth === 0 || !existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(directory, entry.name), depth - 1) : [join(directory, entry.name)],
  )
}

/** Every commit that can still be reached: by a ref, by a worktree's HEAD, or by what removals have on record. */
export const reachable = (repo, env, { git, must }) => {
  const records = ['trash', 'kept']
    .flatMap((name) => filesBelow(join(repo, '.git', 'wt', name)))
    .filter((file) => /(manifest|HEAD|\.json)/.test(file))
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n')
  const heads = must(repo, 'worktree', 'list', '--porcelain').match(/^HEAD ([0-9a-f]{40})$/gm) ?? []
  const named = [...records.matchAll(/[0-9a-f]{40}/g), ...heads.join(' ').matchAll(/[0-9a-f]{40}/g)].map(([id]) => id)
  const known = named.filter((id) => !/^0+$/.test(id) && git(repo, 'cat-file', '-e', `${id}^{commit}`).status === 0)
  const input = known.map((id) => `${id}\n`).join('')
  const { stdout } = spawnSync('git', ['rev-list', '--all', '--stdin'], {
    cwd: repo,
    env,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return new Set(stdout.split('\n'))
}
