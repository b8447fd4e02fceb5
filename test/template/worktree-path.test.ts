import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import { type PathPlace, placeText } from '../../src/core/worktree-path.ts'
import { worktreePaths } from '../../src/template/worktree-path.ts'

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
  ['{% if owner %}../{{ owner }}/{% endif %}{{ branch | split("/") | last }}', '/src/me/x'],
  ['{{ repo_root }}/{{ main_worktree | upper }}', '/src/wt/WT'],
])('%s', async (template, path) => {
  expect((await worktreePaths(template, place))(branch)).toEqual({ kind: 'path', path })
})

test('one template places many branches', async () => {
  const pathOf = await worktreePaths('../{{ branch }}', place)
  expect(['a', 'b'].map((name) => pathOf(name as BranchName))).toMatchObject([{ path: '/src/a' }, { path: '/src/b' }])
})

test('a path that is not UTF-8 stays what it is', async () => {
  const odd = { ...place, repoPath: '/src/\udcff' as AbsolutePath }
  expect((await worktreePaths('{{ repo_path }}.x', odd))(branch)).toEqual({ kind: 'path', path: '/src/\udcff.x' })
})

describe('what has no path', () => {
  test.each([
    ['{{ missing }}', place, 'missing'],
    ['{{ owner }}', { ...place, owner: undefined }, 'owner'],
    ['  ', place, 'nothing'],
    ['~/x', { ...place, home: undefined }, 'HOME'],
    ['a\0b', place, 'NUL'],
    ['{{ branch', place, 'syntax error'],
    ['{{ brnch | upper }}', place, '"branch"'],
    ['{{ expected_worktree_path_of_branch("x") }}', place, 'no function'],
  ])('%j', async (template, where, mention) => {
    const placed = (await worktreePaths(template, where))(branch)
    expect(placed).toMatchObject({ kind: 'invalid', message: expect.stringContaining(mention) })
  })
})

test('placeText places what an engine made', () => {
  expect(placeText('../y', place)).toEqual({ kind: 'path', path: '/src/y' })
})
