import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The moment that the picture shows, in seconds: 2026-06-01T12:00:00Z. */
export const NOW = 1_780_315_200

const HOUR = 3600
const DAY = 24 * HOUR

const lines = (word, count) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}\n`).join('')

/** Builds a shop with worktrees in as many states as fit a picture. Ids, dates and names are the same each time. */
export const buildScene = (base, home) => {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CEILING_DIRECTORIES: base,
    GIT_ALLOW_PROTOCOL: 'file',
  }
  const who = '[user]\n\tname = Ada Example\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n'
  writeFileSync(
    env.GIT_CONFIG_GLOBAL,
    `${who}[gc]\n\tauto = 0\n[core]\n\tabbrev = 7\n[advice]\n\tdetachedHead = false\n`,
  )
  const shop = join(base, 'shop')
  const at = (branch) => (branch === 'main' ? shop : `${shop}.${branch}`)
  const git = (cwd, args, date = NOW) => {
    const dates = { GIT_AUTHOR_DATE: `${date} +0000`, GIT_COMMITTER_DATE: `${date} +0000` }
    return execFileSync('git', args, { cwd, env: { ...env, ...dates }, stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const put = (branch, files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(at(branch), path)), { recursive: true })
      writeFileSync(join(at(branch), path), text)
    }
  }
  const commit = (branch, ago, message, files) => {
    put(branch, files)
    git(at(branch), ['add', '.'])
    git(at(branch), ['commit', '-q', '-m', message], NOW - ago)
  }
  const add = (branch, from) => git(shop, ['worktree', 'add', '-q', '-b', branch, at(branch), from])
  const push = (branch) => git(at(branch), ['push', '-q', '-u', 'origin', branch])

  mkdirSync(shop)
  git(shop, ['init', '-q'])
  git(shop, ['init', '-q', '--bare', join(base, 'origin.git')])
  git(shop, ['remote', 'add', 'origin', join(base, 'origin.git')])
  commit('main', 40 * DAY, 'Open the shop', { 'cart.ts': lines('cart', 20), 'search.ts': lines('search', 20) })
  commit('main', 9 * DAY, 'List the prices', { 'prices.ts': lines('price', 30) })
  add('legacy-api', 'main~1')
  add('node-24', 'main')
  add('search', 'main')
  commit('node-24', 8 * DAY, 'Use the current Node', { 'package.json': '{ "engines": 24 }\n' })
  commit('search', 6 * DAY, 'Suggest as one types', { 'suggest.ts': lines('suggest', 48) })
  push('search')
  commit('search', 2 * DAY + HOUR, 'Rank by sales', { 'search.ts': lines('rank', 26) })
  add('dark-mode', 'main')
  commit('dark-mode', 5 * DAY, 'Draw the night', { 'theme.ts': lines('night', 14) })
  add('prices', 'main')
  commit('prices', 4 * DAY, 'Round to the cent', { 'prices.ts': `${lines('price', 29)}cent\n` })
  // A squash merge, and then what makes two branches diverge and one of them conflict.
  commit('main', 3 * DAY, 'Dark mode (#41)', { 'theme.ts': lines('night', 14) })
  commit('main', 30 * HOUR, 'Show prices with tax', { 'prices.ts': `${lines('price', 29)}tax\n` })
  push('main')
  git(shop, ['remote', 'set-head', 'origin', 'main'])
  add('checkout', 'main')
  push('checkout')
  commit('checkout', 3 * HOUR, 'Ask for the address once', { 'cart.ts': `${lines('cart', 20)}address\n` })
  commit('checkout', 20 * 60, 'Keep the cart for a day', { 'keep.ts': lines('keep', 31) })
  put('checkout', {
    'cart.ts': `${lines('cart', 18)}address\nname\n`,
    'pay.ts': lines('pay', 12),
    'notes.md': 'ask Ben\n',
  })
  git(at('checkout'), ['add', 'pay.ts'])
  try {
    git(at('node-24'), ['rebase', '-q', '--exec', 'false', 'main'], NOW - 2 * HOUR)
  } catch {
    // It stops at the command that fails: a rebase in progress is what is wanted.
  }
  git(shop, ['worktree', 'lock', at('legacy-api')])
  git(shop, ['worktree', 'add', '-q', '--detach', at('bisect'), 'main~2'])
  add('new-idea', 'main')
  return { cwd: at('checkout'), env }
}
