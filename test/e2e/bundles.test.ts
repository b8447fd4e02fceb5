import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt } from './built.ts'

/** Runs the bundle of the whole program, whatever the launcher would choose. */
const WHOLE = `
  const { readFileSync } = require('node:fs')
  const [, bundle, ...words] = process.argv
  process.argv = [process.argv[0], 'wt', ...words]
  const run = new (require('node:vm').Script)(readFileSync(bundle, 'latin1')).runInThisContext()
  run({}, require('node:module').createRequire(bundle), { exports: {} }, bundle, '.')`

let repo: TestRepo
let built: string

beforeAll(() => {
  repo = makeRepo('ahead')
  built = copyBuilt()
})

test.each([
  ['list', '--branches'],
  ['list', 'statusline', '--json'],
  ['list', '--help'],
  ['list', 'statusline', '--help'],
  ['list', '--no-such-flag'],
  ['list', 'no-such-word'],
  ['-C', '.', 'list'],
])('the bundle that lists answers as the whole program: %s %s', (...words) => {
  const answer = (args: readonly string[]): readonly unknown[] => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: repo.dir,
      env: repo.env,
      encoding: 'utf8',
    })
    return [status, stdout.replace(/"(?:generated_at|elapsed_ms)": .*/g, ''), stderr]
  }
  const part = answer([built, ...words])
  expect(part).toEqual(answer(['-e', WHOLE, join(dirname(built), 'main.cjs'), ...words]))
  expect(part[0]).not.toBe(70)
})

test.each(['main.cjs', 'list.cjs'])('%s is read as latin1, so it has nothing but ASCII', (name) => {
  const bytes = readFileSync(join(dirname(built), name))
  expect(bytes.findIndex((byte) => byte > 0x7f)).toBe(-1)
})
