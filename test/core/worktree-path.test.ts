import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import { type PathPlace, placeText, worktreePaths } from '../../src/core/worktree-path.ts'

const place: PathPlace = {
  repoPath: '/src/wt' as AbsolutePath,
  repo: 'wt',
  owner: 'me',
  remoteRepo: 'coppice',
  home: '/home/me' as AbsolutePath,
}
const branch = 'feat/x' as BranchName

test.each([
  ['{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}', '/src/wt.feat-x'],
  ['.worktrees/{{ branch }}', '/src/wt/.worktrees/feat/x'],
  ['../{{ owner }}/{{ remote_repo }}', '/src/me/coppice'],
  ['~/wt/{{ repo }}', '/home/me/wt/wt'],
  ['~', '/home/me'],
  ['~me/x', '/src/wt/~me/x'],
  ['/a//b/./c/../{{ repo }}/', '/a/b/wt'],
  ['/../../x', '/x'],
  ['{{ repo_path }}', '/src/wt'],
])('%s', (template, path) => {
  expect(worktreePaths(template, place)(branch)).toEqual({ kind: 'path', path })
})

test('one template places many branches', () => {
  const pathOf = worktreePaths('../{{ branch }}', place)
  expect(['a', 'b'].map((name) => pathOf(name as BranchName))).toMatchObject([{ path: '/src/a' }, { path: '/src/b' }])
})

test('a path that is not UTF-8 stays what it is', () => {
  const odd = { ...place, repoPath: '/src/\udcff' as AbsolutePath }
  expect(worktreePaths('{{ repo_path }}.x', odd)(branch)).toEqual({ kind: 'path', path: '/src/\udcff.x' })
})

describe('what has no path', () => {
  test.each([
    ['{{ missing }}', place, 'missing'],
    ['{{ owner }}', { ...place, owner: undefined }, 'owner'],
    ['  ', place, 'nothing'],
    ['~/x', { ...place, home: undefined }, 'HOME'],
    ['a\0b', place, 'NUL'],
  ])('%j', (template, where, mention) => {
    const placed = worktreePaths(template, where)(branch)
    expect(placed).toMatchObject({ kind: 'invalid', message: expect.stringContaining(mention) })
  })

  test('a template for the engine is handed on whole', () => {
    const source = '{% if branch %}../x{% endif %}'
    expect(worktreePaths(source, place)(branch)).toEqual({ kind: 'needs-engine', source })
  })
})

test('placeText places what an engine made', () => {
  expect(placeText('../y', place)).toEqual({ kind: 'path', path: '/src/y' })
})
