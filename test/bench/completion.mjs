// What Tab costs: one completion of a branch in bash and fish, beside a bare `git for-each-ref` of the same refs and the
// same question put to the program (Node). 80 worktrees, 1,400 remote-tracking branches.
//   npm run build && npm run bench:completion -- [--runs 21] [--worktrees 80] [--refs 1400]
// Runs take turns, so that a busy machine is unfair to all alike. Nothing here fails for being slow.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '21' },
    worktrees: { type: 'string', default: '80' },
    refs: { type: 'string', default: '1400' },
  },
})
const [runs, worktrees, refs] = [values.runs, values.worktrees, values.refs].map(Number)
const program = join(import.meta.dirname, '..', '..', 'dist', 'wt.js')
const base = mkdtempSync(join(tmpdir(), 'wt-bench-completion-'))
process.on('exit', () => rmSync(base, { recursive: true, force: true }))
const env = {
  PATH: process.env.PATH,
  HOME: join(base, 'home'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}
mkdirSync(env.HOME)
const repo = join(base, 'repo')

const must = (command, args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, maxBuffer: 1 << 28, ...options })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stderr}`)
  return stdout.toString()
}

const git = (...args) => must('git', ['-C', repo, ...args])

const build = () => {
  must('git', ['init', '-q', '-b', 'main', repo])
  const commit = (ref, at) => `commit ${ref}\ncommitter A <a@example.com> ${1_700_000_000 + at} +0000\ndata 1\nx\n`
  const remote = Array.from({ length: refs }, (_, at) => commit(`refs/remotes/origin/topic/${at}`, at))
  must('git', ['-C', repo, 'fast-import', '--quiet'], { input: [commit('refs/heads/main', 0), ...remote].join('') })
  for (let at = 0; at < worktrees; at++)
    git('worktree', 'add', '-q', '-b', `tree/${at}`, join(base, `tree-${at}`), 'main')
  git('pack-refs', '--all')
}

/** `remove` takes local branches only; here it shall offer what `switch` does, with all remote ones. */
const initFile = (shell) => {
  const path = join(base, `init.${shell}`)
  const code = must(process.execPath, [program, 'config', 'shell', 'init', shell])
  writeFileSync(path, code.replace('takes many :local-branch', 'takes many :branch'))
  return path
}

/** Asks often in one shell, whose own start is none of what Tab costs. */
const LOOPS = 10

const bashAsks = () => {
  const words = 'COMP_WORDS=(wt remove t); COMP_CWORD=2'
  return ['bash', ['--norc', '-c', `. ${initFile('bash')}; for i in {1..${LOOPS}}; do ${words}; _wt_complete; done`]]
}
const fishAsks = () => {
  const ask = `complete --do-complete 'wt remove t' >/dev/null`
  return ['fish', ['--no-config', '-c', `. ${initFile('fish')}; for i in (seq ${LOOPS}); ${ask}; end`]]
}

const has = (shell) => spawnSync(shell, ['--version']).status === 0

build()
const bare = `for i in 1 2 3 4 5 6 7 8 9 10; do git for-each-ref refs/heads refs/remotes >/dev/null; done`
const contestants = [
  ['git for-each-ref', ['sh', ['-c', bare]], LOOPS],
  ...(has('bash') ? [['Tab in bash', bashAsks(), LOOPS]] : []),
  ...(has('fish') ? [['Tab in fish', fishAsks(), LOOPS]] : []),
  ['COMPLETE=fish wt', [process.execPath, [program, '--', 'wt', 'remove', 't'], { COMPLETE: 'fish' }], 1],
]
const times = contestants.map(() => [])
for (let run = 0; run < runs; run++) {
  for (const [index, [, [command, args, extra = {}], loops]] of contestants.entries()) {
    const start = process.hrtime.bigint()
    must(command, args, { cwd: repo, env: { ...env, ...extra } })
    times[index].push(Number(process.hrtime.bigint() - start) / 1e6 / loops)
  }
}
const middle = (list) => list.toSorted((a, b) => a - b)[list.length >> 1]
const first = middle(times[0])
for (const [index, [name]] of contestants.entries()) {
  const median = middle(times[index])
  console.log(`${name.padEnd(20)} ${median.toFixed(1).padStart(7)} ms  × ${(median / first).toFixed(1)}`)
}
