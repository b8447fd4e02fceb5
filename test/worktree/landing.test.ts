import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { landingIn, shellPlace } from '../../src/worktree/landing.ts'

let root: AbsolutePath

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'wt-landing-'))) as AbsolutePath
  for (const path of ['real/from/apps/x', 'real/from/only here', 'real/to/apps/x', 'elsewhere']) {
    mkdirSync(join(root, path), { recursive: true })
  }
  symlinkSync(join(root, 'real'), join(root, 'link'))
  symlinkSync(join(root, 'real/from/apps'), join(root, 'shortcut'))
})

const at = (path: string): AbsolutePath => join(root, path) as AbsolutePath
const land = (real: string, spelled = real): string =>
  landingIn(at('real/to'), at('real/from'), shellPlace({ PWD: at(spelled) }, at(real))).slice(root.length + 1)

test('the same directory below the root, where there is one', () => {
  expect(land('real/from/apps/x')).toBe('real/to/apps/x')
  expect(land('real/from/only here')).toBe('real/to')
  expect(land('real/from')).toBe('real/to')
  expect(land('elsewhere')).toBe('real/to')
})

test('spelled through the link that the user came by', () => {
  expect(land('real/from/apps/x', 'link/from/apps/x')).toBe('link/to/apps/x')
  expect(land('real/from', 'link/from')).toBe('link/to')
})

test('a spelling under which the target can’t be reached is not used', () => {
  expect(land('real/from/apps/x', 'shortcut/x')).toBe('real/to/apps/x')
  expect(land('real/from/apps/x', 'elsewhere')).toBe('real/to/apps/x')
})

test('a shell that runs an alias is where it says, not where the alias runs', () => {
  const shell = shellPlace({ WT_SHELL_CWD: at('real/from/apps/x'), PWD: at('elsewhere') }, at('elsewhere'))
  expect(landingIn(at('real/to'), at('real/from'), shell)).toBe(at('real/to/apps/x'))
})

test('a shell whose directory is gone goes to the root', () => {
  expect(landingIn(at('real/to'), at('real/from'), shellPlace({}, undefined))).toBe(at('real/to'))
})
