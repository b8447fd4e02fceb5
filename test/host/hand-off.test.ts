import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { decodeBytes } from '../../src/core/bytes.ts'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { openHandOff, withoutDirectives } from '../../src/host/hand-off.ts'

let file: string

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'wt-hand-off-')), 'cd')
})

const goTo = (path: string): void => {
  const handOff = openHandOff({ WT_DIRECTIVE_CD_FILE: file }, 'wt')
  if (handOff.kind !== 'integrated') throw new Error('not integrated')
  handOff.goTo(path as AbsolutePath)
}

test('the last word counts, and the path is raw', () => {
  writeFileSync(file, '')
  goTo('/a very long path that leaves nothing behind')
  goTo("/x y/'$(touch pwned)'\nz")
  expect(readFileSync(file, 'utf8')).toBe("/x y/'$(touch pwned)'\nz\n")
})

test('a path that is not UTF-8 keeps its bytes', () => {
  writeFileSync(file, '')
  goTo(decodeBytes(Buffer.from([0x2f, 0xff, 0x61])))
  expect(readFileSync(file)).toEqual(Buffer.from([0x2f, 0xff, 0x61, 0x0a]))
})

test('a file that can’t be written is named, and none is made', () => {
  expect(() => goTo('/x')).toThrow(file)
  mkdirSync(file)
  expect(() => goTo('/x')).toThrow(file)
})

test.each([
  ['outdated-wrapper', { WT_DIRECTIVE_FILE: '/old' }, '/usr/lib/wt'],
  ['git-subcommand', { GIT_EXEC_PATH: '/usr/lib/git-core' }, '/usr/lib/wt'],
  ['git-subcommand', {}, '/usr/bin/git-wt'],
  ['explicit-path', { _: '/elsewhere/bin/wt', PATH: '/usr/bin' }, '/elsewhere/bin/wt'],
  ['no-wrapper', { _: '/usr/bin/wt', PATH: '/bin:/usr/bin' }, '/usr/bin/wt'],
  ['no-wrapper', { WT_DIRECTIVE_CD_FILE: ' ' }, 'wt'],
])('without a wrapper the reason is %s', (why, env, program) => {
  expect(openHandOff(env, program)).toEqual({ kind: 'none', why })
})

test('children get none of it', () => {
  const env = { WT_DIRECTIVE_CD_FILE: 'a', WT_DIRECTIVE_EXEC_FILE: 'b', WT_SHELL_CWD: 'c', WT_LIST__FULL: 'true' }
  expect(withoutDirectives(env)).toEqual({ WT_LIST__FULL: 'true' })
})
