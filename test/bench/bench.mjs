// Whole runs of `wt list`, side by side with the shell loop it replaces, the least that git could do, and another `wt`.
//   npm run bench -- [--only small,long] [--runs 11] [--peer '/other/wt'] [--directory DIR]
// Runs take turns (A B C … C B A), so that a busy machine is unfair to all alike. Nothing here fails for being slow.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { contestants, openCounter, startContestants } from './contestants.mjs'
import { cleanEnvironment, defaultDirectory, fixture, shapes } from './fixtures.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: ['start', ...Object.keys(shapes)].join(',') },
    runs: { type: 'string', default: '11' },
    peer: { type: 'string', default: process.env.WT_PEER ?? '' },
    directory: { type: 'string', default: defaultDirectory() },
  },
})
const runs = Number(values.runs)
const home = mkdtempSync(join(tmpdir(), 'wt-bench-home-'))
const env = cleanEnvironment(home)
const counter = openCounter(home, env)

const run = ({ name, command, before, after }, cwd, runEnv = env) => {
  before?.()
  const [program, ...words] = command
  const start = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(program, words, { cwd, env: runEnv, maxBuffer: 1 << 28 })
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
  after?.()
  if (status !== 0) throw new Error(`${name} in ${cwd}: ${error ?? `exit code ${status}\n${stderr}`}`)
  return milliseconds
}

const measure = (list, cwd) => {
  const times = list.map(() => [])
  for (const each of [...list, ...list]) run(each, cwd)
  const order = [...list.keys()]
  for (let at = 0; at < runs; at++) {
    for (const index of at % 2 === 0 ? order : order.toReversed()) times[index].push(run(list[index], cwd))
  }
  return times.map((each) => each.sort((a, b) => a - b))
}

const NO_LINES = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'mid', 'left-mid']
    .concat(['mid-mid', 'right-mid', 'left', 'right', 'middle'])
    .map((part) => [part, part === 'middle' ? ' ' : '']),
)

const print = (list, times, processes) => {
  const middle = (sorted) => sorted[sorted.length >> 1]
  const [median, best] = [middle(times[0]), times[0][0]]
  const table = new Table({
    head: ['', 'median', '×', 'best', '×', 'git'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    chars: NO_LINES,
    style: { head: [], border: [] },
  })
  for (const [at, { name }] of list.entries()) {
    const [mine, least] = [middle(times[at]), times[at][0]]
    const figures = [mine.toFixed(1), (mine / median).toFixed(2), least.toFixed(1), (least / best).toFixed(2)]
    table.push([name, ...figures, processes[at]])
  }
  console.log(table.toString())
}

const version = spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout.trim()
console.log(
  `${version}, Node ${process.versions.node}; milliseconds, ${runs} runs each; × is the ratio to the first line`,
)
try {
  for (const name of values.only.split(',')) {
    const starting = name === 'start'
    if (!starting && !(name in shapes))
      throw new Error(`there is no fixture ${name}: ${Object.keys(shapes).join(', ')}`)
    const cwd = starting ? home : await fixture(values.directory, name)
    const list = starting ? startContestants(values.peer) : contestants(cwd, values.peer)
    console.log(
      `\n${name}${
        starting
          ? ''
          : `: ${Object.entries(shapes[name])
              .map(([key, count]) => `${count} ${key}`)
              .join(', ')}`
      }`,
    )
    const times = measure(list, cwd)
    const processes = list.map((each) => counter.count((counting) => run(each, cwd, counting)))
    print(list, times, processes)
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
