// Random commands at once over one small repository, some of them killed, round after round; then what must always hold.
//   node test/soak/soak.mjs [--rounds 1000] [--seed N] [--keep]
// Prints the seed first and what it has done last; leaves with 1, and keeps the repository, when a promise was broken.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { filesBelow, openSandbox, randomFrom, reachable } from './sandbox.mjs'

const words = process.argv.slice(2)
const option = (name, fallback) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : fallback)
const rounds = option('--rounds', 1000)
const seed = option('--seed', Date.now() % 1_000_000)
const WT = join(import.meta.dirname, '..', '..', 'dist', 'wt.js')

const random = randomFrom(seed)
const below = (limit) => Math.floor(random() * limit)
const oneOf = (list) => list[below(list.length)]

const root = mkdtempSync(join(tmpdir(), 'wt-soak-'))
const repo = join(root, 'repo')
const home = join(root, 'home')
mkdirSync(home)
writeFileSync(
  join(home, '.gitconfig'),
  '[user]\n\tname = Soak\n\temail = soak@example.com\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[advice]\n\tdetachedHead = false\n',
)
const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1', TMPDIR: root }

const { git, must, run, stragglers } = openSandbox(root, env)
const wt = (args, { cwd = repo, kill } = {}) => run(process.execPath, [WT, ...args], cwd, kill)

/** Every commit that was ever made here, with where it was made. */
const commits = new Map()
const NAMES = ['a', 'b', 'c/d', 'e', 'f', 'g/h', 'i', 'j']
const pathOf = (name) => join(root, `repo.${name.replaceAll('/', '-')}`)
const maybeKill = () => (random() < 0.35 ? { after: below(140), group: random() < 0.5 } : undefined)

let serial = 0
const commitIn = async (cwd) => {
  const number = ++serial
  try {
    writeFileSync(join(cwd, `file-${number}`), `${number}\n`)
  } catch {
    return
  }
  // Only what this one added: the worktree may be on its way out.
  const added = git(cwd, 'add', '--', `file-${number}`)
  if (added.status !== 0) return
  if (git(cwd, 'commit', '-q', '-m', `commit ${number}`, '--', `file-${number}`).status !== 0) return
  const find = ['log', '-1', '--format=%H', `--grep=^commit ${number}$`]
  // The worktree may be gone by now; what it committed must be somewhere.
  const id = (git(cwd, ...find, 'HEAD').out || git(repo, ...find, '--all', '--reflog').out || '').trim()
  if (id !== '') commits.set(id, cwd)
}

const ACTIONS = {
  create: () => wt(['switch', '--create', oneOf(NAMES), '--no-cd'], { kill: maybeKill() }),
  visit: () => wt(['switch', oneOf(NAMES), '--no-cd'], { kill: maybeKill() }),
  remove: () => wt(['remove', oneOf(NAMES)], { kill: maybeKill() }),
  force: () => wt(['remove', '--force', oneOf(NAMES)], { kill: maybeKill() }),
  several: () => wt(['remove', '--foreground', oneOf(NAMES), oneOf(NAMES), oneOf(NAMES)], { kill: maybeKill() }),
  detached: () => wt(['remove', pathOf(oneOf(NAMES))], { kill: maybeKill() }),
  commit: () => commitIn(pathOf(oneOf(NAMES))),
  merge: async () => void git(repo, 'merge', '-q', '--no-edit', oneOf(NAMES)),
  detach: async () => void git(pathOf(oneOf(NAMES)), 'checkout', '-q', '--detach'),
  list: () => wt(['list', '--branches']),
}
const KINDS = Object.keys(ACTIONS)
// Some happen more often than others.
const DECK = [...KINDS, 'create', 'create', 'commit', 'commit', 'commit', 'remove', 'remove', 'merge']

const tally = Object.fromEntries(KINDS.map((kind) => [kind, 0]))
const broken = []
const complain = (round, text) => broken.push(`round ${round}: ${text}`)

const settle = async () => {
  for (let waited = 0; waited < 20_000 && stragglers().length > 0; waited += 20) await sleep(20)
  return stragglers()
}

const check = async (round) => {
  const left = await settle()
  if (left.length > 0) complain(round, `processes that do not end: ${left.join(' ')}`)
  // Whatever a killed one has left half done, the next command must cope with.
  for (const command of [
    ['list', '--json'],
    ['switch', '^', '--no-cd'],
  ]) {
    const { code, err } = await wt(command)
    if (code !== 0) complain(round, `wt ${command.join(' ')} ended with ${code}: ${err}`)
  }
  const names = new Set(must(repo, 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads').split('\n'))
  const listed = git(repo, 'worktree', 'list', '--porcelain')
  if (listed.status !== 0) complain(round, `git worktree list: ${listed.err}`)
  if (/^prunable/m.test(listed.out)) complain(round, `a registration without a worktree:\n${listed.out}`)
  const locks = filesBelow(join(repo, '.git')).filter((file) => file.endsWith('.lock'))
  if (locks.length > 0) complain(round, `lock files: ${locks.join(' ')}`)
  const live = listed.status === 0 ? reachable(repo, env, { git, must }) : undefined
  for (const [id, where] of commits) {
    if (live !== undefined && !live.has(id)) complain(round, `commit ${id} of ${where} is lost`)
  }
  return names
}

/** A name can be used again whatever happened to it: as a branch that is there, or as a new one. */
const checkNames = async (round, names) => {
  for (const name of NAMES.filter(() => random() < 0.2)) {
    const listed = must(repo, 'worktree', 'list', '--porcelain')
    if (existsSync(pathOf(name)) && !listed.includes(`worktree ${pathOf(name)}\n`)) {
      complain(round, `${pathOf(name)} is there and no worktree`)
      rmSync(pathOf(name), { recursive: true })
    }
    if (existsSync(pathOf(name))) continue
    const args = names.has(name) ? ['switch', name] : ['switch', '--create', name]
    const { code, err } = await wt([...args, '--no-cd'])
    if (code !== 0) complain(round, `wt ${args.join(' ')} ended with ${code}: ${err}`)
  }
}

console.log(`seed ${seed}, ${rounds} rounds in ${root}`)
must(root, 'init', '-q', repo)
writeFileSync(join(repo, 'base'), 'base\n')
must(repo, 'add', '.')
must(repo, 'commit', '-q', '-m', 'base')
const started = Date.now()
for (let round = 1; round <= rounds && broken.length < 5; round++) {
  const kinds = Array.from({ length: 2 + below(4) }, () => oneOf(DECK))
  for (const kind of kinds) tally[kind] += 1
  await Promise.all(kinds.map((kind) => ACTIONS[kind]()))
  const names = await check(round)
  await checkNames(round, names)
  if (round % 100 === 0 || round === rounds) {
    const fsck = git(repo, 'fsck', '--no-dangling', '--no-progress')
    if (fsck.status !== 0) complain(round, `git fsck: ${fsck.err}${fsck.out}`)
    console.log(`round ${round}: ${commits.size} commits, ${Math.round((Date.now() - started) / 1000)} s`)
  }
}
console.log(JSON.stringify(tally))
for (const text of broken) console.log(`✗ ${text}`)
if (broken.length > 0) console.log(`kept: ${root}; again: node test/soak/soak.mjs --seed ${seed}`)
else if (!words.includes('--keep')) rmSync(root, { recursive: true, force: true })
process.exitCode = broken.length > 0 ? 1 : 0
