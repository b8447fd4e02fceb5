import { describe, expect, it } from 'vitest'
import { shortAge } from '../../src/render/list/age.ts'
import { cellText, rowName, shortHead } from '../../src/render/list/name.ts'
import { shortCount } from '../../src/render/list/number.ts'
import { abbreviatedPath, homePath, readablePath } from '../../src/render/list/path.ts'
import { branchRow, commit, NOW, oid, path, row, worktree } from './rows.ts'

describe('shortAge', () => {
  const [minute, hour, day] = [60, 3600, 86_400]
  it.each([
    [0, 'now'],
    [59, 'now'],
    [minute, '1m'],
    [59 * minute, '59m'],
    [hour, '1h'],
    [23 * hour, '23h'],
    [day, '1d'],
    [6 * day, '6d'],
    [7 * day, '1w'],
    [30 * day, '4w'],
    [31 * day, '1mo'],
    [364 * day, '11mo'],
    [366 * day, '1y'],
    [NOW, '56y'],
    [NOW + 5e9, '215y'],
    [1e12, '>999y'],
    [Number.POSITIVE_INFINITY, '>999y'],
    [-1, 'now'],
    [-59, 'now'],
    [-60, 'in 1m'],
    [-2 * hour, 'in 2h'],
    [-40 * day, 'in 1mo'],
    [-1e18, 'in >999y'],
    [Number.NaN, ''],
  ])('%d seconds ago: %s', (seconds, shown) => {
    expect(shortAge(NOW - seconds, NOW * 1000)).toBe(shown)
  })
})

describe('shortCount', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [9999, '9999'],
    [10_000, '10k'],
    [12_499, '12k'],
    [999_499, '999k'],
    [999_500, '1.0M'],
    [1_250_000, '1.3M'],
    [9_949_999, '9.9M'],
    [9_950_000, '10M'],
    [999_499_999, '999M'],
    [999_500_000, '>1G'],
    [1e300, '>1G'],
  ])('%d: %s', (count, shown) => {
    expect(shortCount(count)).toBe(shown)
    expect(shown.length).toBeLessThanOrEqual(4)
  })
})

describe('readablePath', () => {
  const home = path('/home/ann')
  it.each([
    ['/home/ann/code/shop', '/home/ann/code/shop', '.'],
    ['/home/ann/code/shop/.worktrees/x', '/home/ann/code/shop', '.worktrees/x'],
    ['/home/ann/code/shop.feature', '/home/ann/code/shop', '../shop.feature'],
    ['/home/ann/code/deep/er', '/home/ann/code/shop', '../deep/er'],
    ['/home/ann/code', '/home/ann/code/shop', '..'],
    ['/home/ann/try', '/home/ann/code/shop', '~/try'],
    ['/home/ann', '/home/ann/code/shop', '~'],
    ['/home/anna/x', '/home/ann/code/shop', '/home/anna/x'],
    ['/media/usb', '/home/ann/code/shop', '/media/usb'],
    ['/home/ann/code/shopping', '/home/ann/code/shop', '../shopping'],
    ['/tmp', '/', 'tmp'],
    ['/', '/', '.'],
    ['/x', '/shop', '../x'],
    ['C:/code/shop.x', 'C:/code/shop', '../shop.x'],
    ['D:/shop.x', 'C:/code/shop', 'D:/shop.x'],
  ])('%s from %s: %s', (text, root, shown) => {
    expect(readablePath(text, path(root), home)).toBe(shown)
  })

  it.each([
    ['/home/ann/x', undefined, '/home/ann/x'],
    ['/x', '/', '/x'],
    ['/x', '', '/x'],
    ['/home/ann/x', '/home/ann/', '~/x'],
  ])('%s with home %s: %s', (text, at, shown) => {
    expect(homePath(text, at)).toBe(shown)
  })
})

describe('abbreviatedPath', () => {
  it.each([
    ['/home/ann/work/project', '~/w/project'],
    ['/home/ann', '~'],
    ['/home/ann/project', '~/project'],
    ['/home/ann/.config/wt', '~/.c/wt'],
    ['/tmp/rv/repo', '/t/r/repo'],
    ['/home/ann/検索/x', '~/検/x'],
    ['/', '/'],
  ])('%s: %s', (text, shown) => {
    expect(abbreviatedPath(text, '/home/ann')).toBe(shown)
  })
})

describe('rowName', () => {
  const bare = branchRow({ branch: undefined, head: undefined })
  const { commit: _, ...dateless } = row({ branch: undefined, head: oid('5') })
  it.each([
    ['a branch', row({ branch: 'feature/a' }), 'feature/a'],
    ['a remote branch', branchRow({ kind: 'remote', remote: 'fork', branch: 'x' }), 'fork/x'],
    ['a detached worktree', row({ branch: undefined, commit: commit('x', NOW, 'e') }), 'eeeeeee'],
    ['a detached worktree without its commit', dateless, '5555555'],
    ['a commit still to come', row({ branch: undefined, commit: 'pending', head: oid('6') }), '6666666'],
    [
      'a broken registration',
      { kind: 'worktree', branch: undefined, head: undefined, worktree: worktree({ broken: 'x' }) } as const,
      'shop.feature',
    ],
    ['nothing at all', { kind: 'worktree', branch: undefined, head: undefined } as const, '?'],
    ['a hostile name', row({ branch: 'a\x1b[2J\u202e' }), 'a\\x1b[2J\\u202e'],
  ])('%s', (_what, shown, name) => {
    expect(cellText(rowName(shown))).toBe(name)
  })

  it('has no short commit without a commit', () => {
    expect(shortHead({ kind: 'branch', branch: 'x', head: undefined })).toBeUndefined()
    expect(bare.head).toBeUndefined()
  })
})
