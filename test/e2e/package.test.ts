import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { makeRepo } from '../support/repo.ts'
import { start } from './built.ts'

/** Nobody listens there: a package manager that wanted to download something would fail. */
const NOWHERE = 'http://127.0.0.1:9/'

/** More than this is not a program but a program with something left in it. Bytes. */
const MOST = 2_000_000

interface Packed {
  readonly filename: string
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string; readonly mode: number }[]
}

const root = dirname(dirname(BUILT))
let packed: Packed
/** Where the package was installed. */
let prefix = ''
let home = ''

beforeAll(() => {
  const directory = mkdtempSync(join(inject('tempRoot'), 'package-'))
  home = join(directory, 'home')
  prefix = join(directory, 'prefix')
  const source = join(directory, 'source')
  for (const each of [home, prefix, source]) mkdirSync(each)
  // A copy, so that a build that happens meanwhile is not what gets packed. The package.json decides what goes in.
  for (const name of readdirSync(root)) {
    if (!['node_modules', '.git', 'test', 'snapshots'].includes(name)) {
      cpSync(join(root, name), join(source, name), { recursive: true })
    }
  }
  const npm = (cwd: string, ...words: readonly string[]): string =>
    execFileSync('npm', [...words, '--registry', NOWHERE, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: home },
      encoding: 'utf8',
    })
  // What has been built is what is tested; npm would build once more.
  packed = (JSON.parse(npm(source, 'pack', '--json', '--ignore-scripts')) as readonly Packed[])[0] as Packed
  npm(home, 'install', '--global', '--prefix', prefix, join(source, packed.filename))
}, 120_000)

describe('the package', () => {
  test('holds the built program and nothing that it was made from', () => {
    const paths = packed.files.map(({ path }) => path)
    const expected = ['dist/list.cjs', 'dist/main.cjs', 'dist/package.json', 'dist/wt.js', 'package.json']
    expect(paths.filter((path) => !/^(README\.md|LICENSE)$/.test(path)).sort()).toEqual(expected)
    expect(packed.unpackedSize).toBeLessThan(MOST)
  })

  test('installs alone: no dependency, no development dependency', () => {
    const modules = join(prefix, 'lib', 'node_modules')
    expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['coppice'])
    expect(readdirSync(join(modules, 'coppice'))).not.toContain('node_modules')
    const { dependencies } = JSON.parse(readFileSync(join(modules, 'coppice', 'package.json'), 'utf8')) as {
      dependencies?: object
    }
    expect(dependencies ?? {}).toEqual({})
  })

  test.each([
    ['wt', ['list']],
    ['git', ['wt', 'list']],
  ])('%s %j works where it is installed, with an empty home', async (program, args) => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    const bin = join(prefix, 'bin')
    expect(statSync(join(bin, 'wt')).mode & 0o111).toBe(0o111)
    const env = { PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: mkdtempSync(join(home, 'empty-')) }
    const { code, stdout } = await start(program, args, { cwd: repo.dir, env }).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/main[\s\S]*feature/)
  })
})
