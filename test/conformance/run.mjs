// Runs the scenarios against the built `wt` and holds the result against passing.txt, the ids that pass on every
// supported git. Options go to the driver (README.md), such as `--group list`; without `--wt`, dist/wt.js is tested.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const here = import.meta.dirname
const options = process.argv.slice(2)
const given = (name) => options.some((word) => word === name || word.startsWith(`${name}=`))
const selected = given('--group') || given('--filter')
const command = given('--wt') ? [] : ['--wt', `node ${join(here, '..', '..', 'dist', 'wt.js')}`]
const listed = readFileSync(join(here, 'passing.txt'), 'utf8').split('\n').filter(Boolean)

/** Every scenario that was run, by its id. Leaves with 2 when the driver itself failed. */
const runDriver = () => {
  const directory = mkdtempSync(join(tmpdir(), 'wt-conformance-'))
  try {
    const file = join(directory, 'results.json')
    const words = [join(here, 'differential.mjs'), ...command, ...options, '--json', file]
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 1 << 28 })
    if (status !== 0 && status !== 1)
      throw new Error(`the driver ended with ${status}\n${stdout.slice(-2000)}${stderr}`)
    const { results } = JSON.parse(readFileSync(file, 'utf8'))
    return new Map(results.map((result) => [result.id, result]))
  } catch (error) {
    console.error(error.message)
    process.exit(2)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const sorted = listed.every((id, at) => at === 0 || listed[at - 1] < id)
if (!sorted) console.log('passing.txt is not sorted, or names an id twice')

const found = runDriver()
const results = [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
const skipped = results.filter((result) => result.skipped)
const news = results.filter(({ id, ok }) => ok && !listed.includes(id))
const open = results.filter((result) => !result.ok && !result.skipped && !listed.includes(result.id))
const expected = listed.filter((id) => (!selected || found.has(id)) && !found.get(id)?.skipped)
const lost = expected.filter((id) => !found.get(id)?.ok)

for (const { id, skipped: need } of skipped) console.log(`skipped ${id}: it needs ${need}`)
for (const { id } of news) console.log(`news    ${id} passes and is not in passing.txt`)
for (const id of lost) {
  console.log(`LOST    ${id}`)
  for (const { fact, why } of found.get(id)?.bad ?? [{ fact: 'scenario', why: 'there is none of that name' }]) {
    console.log(`        ${fact}: ${why}`)
  }
}
console.log(`not in passing.txt: ${open.length} that fail, ${news.length} that pass; skipped: ${skipped.length}`)
console.log(`${expected.length - lost.length} passed, ${lost.length} failed`)
process.exitCode = lost.length > 0 || !sorted ? 1 : 0
