import { describe, expect, it } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { renderClaudeStatusline } from '../../src/render/list/claude.ts'
import { readClaudeInput } from '../../src/render/list/claude-input.ts'
import { contextGauge, rateGauge } from '../../src/render/list/gauge.ts'
import { renderStatusline } from '../../src/render/list/statusline.ts'
import { makeStyle } from '../../src/render/style.ts'
import { displayWidth } from '../../src/render/width.ts'
import type { ListRow } from '../../src/worktree/list/result.ts'
import { branchRow, changes, comparison, NOW, ordinaryRows, path, row, upstream, worktree } from './rows.ts'

const style = makeStyle(false)
const busy = row({
  branch: 'feature/a',
  worktree: worktree({
    path: path('/home/ann/code/shop.feature-a'),
    changes: changes({ modified: true, untracked: true, lines: { added: 2, deleted: 5 } }),
  }),
  comparison: comparison({ ahead: 1, behind: 3, lines: { added: 7, deleted: 0 } }),
  upstream: upstream(1, 0),
  state: 'diverged',
})

describe('renderStatusline', () => {
  const line = (shown: ListRow, width?: number): string => renderStatusline(shown, { style, width })
  it.each([
    [undefined, 'feature/a  !?↕⇡  @+2 -5  ↑1 ↓3  ^+7  ⇡1'],
    [0, 'feature/a  !?↕⇡  @+2 -5  ↑1 ↓3  ^+7  ⇡1'],
    [39, 'feature/a  !?↕⇡  @+2 -5  ↑1 ↓3  ^+7  ⇡1'],
    [38, 'feature/a  !?↕⇡  @+2 -5  ↑1 ↓3  ^+7'],
    [34, 'feature/a  !?↕⇡  @+2 -5  ↑1 ↓3'],
    [29, 'feature/a  !?↕⇡  @+2 -5'],
    [22, 'feature/a  !?↕⇡'],
    [14, 'feature/a'],
    [8, 'feature…'],
    [1, '…'],
  ])('at %s cells: %s', (width, shown) => {
    expect(line(busy, width)).toBe(shown)
  })

  it.each([
    [
      'the main worktree',
      row({ branch: 'main', worktree: worktree({ primary: true }), state: 'is_main', upstream: upstream(0, 0) }),
      'main  ^|',
    ],
    ['a detached worktree', row({ branch: undefined, worktree: worktree({ detached: true }) }), 'aaaaaaa  ⊘'],
    ['a branch', branchRow({ state: 'empty' }), 'feature  /_'],
    [
      'values to come',
      row({ worktree: worktree({ changes: 'pending' }), comparison: 'pending', state: 'pending', upstream: 'pending' }),
      'feature',
    ],
    ['a hostile branch', row({ branch: 'a\n\x1b[2J' }), 'a\\n\\x1b[2J'],
    ['an orphan', row({ comparison: comparison({ orphan: true, ahead: 4 }), state: 'orphan' }), 'feature  ∅'],
  ])('%s', (_what, shown, text) => {
    expect(line(shown)).toBe(text)
  })

  it('colours', () => {
    expect(renderStatusline(busy, { style: makeStyle(true), width: 29 })).toBe(
      'feature/a  \x1b[36m!\x1b[39m\x1b[36m?\x1b[39m\x1b[2m↕\x1b[22m\x1b[2m⇡\x1b[22m  @\x1b[32m+2\x1b[39m \x1b[31m-5\x1b[39m',
    )
  })

  it.each(Array.from({ length: 45 }, (_, at) => [at + 1]))('fits %i cells', (width) => {
    for (const shown of ordinaryRows()) expect(displayWidth(line(shown, width))).toBeLessThanOrEqual(width)
  })
})

describe('renderClaudeStatusline', () => {
  const session = {
    workspace: { current_dir: '/home/ann/code/shop.feature-a' },
    model: { display_name: 'Opus' },
    context_window: { used_percentage: 62.4 },
  }
  const line = (value: unknown, shown: ListRow | undefined, width?: number): string =>
    renderClaudeStatusline(readClaudeInput(value), shown, {
      style,
      width,
      home: '/home/ann' as AbsolutePath,
      now: NOW * 1000,
    })

  it.each([
    [undefined, '~/c/shop.feature-a  !?↕⇡  @+2 -5  ↑1 ↓3  ^+7  ⇡1  Opus  🌔 62%'],
    [60, '~/c/shop.feature-a  !?↕⇡  @+2 -5  ↑1 ↓3  ^+7  Opus  🌔 62%'],
    [45, '~/c/shop.feature-a  !?↕⇡  Opus  🌔 62%'],
    [31, '~/c/shop.feature-a  !?↕⇡  Opus'],
    [24, '~/c/shop.feature-a  Opus'],
    [20, '~/c/shop.feature-a'],
    [10, '~/c/shop.…'],
  ])('at %s cells: %s', (width, shown) => {
    expect(line(session, busy, width)).toBe(shown)
  })

  const at = (folder: string, branch: string, some: Parameters<typeof worktree>[0] = {}): ListRow =>
    row({ branch, worktree: worktree({ path: path(`/home/ann/code/${folder}`), ...some }) })
  it.each([
    ['its folder is named after it', at('shop.feature-a', 'feature/a'), false],
    ['its folder has another name', at('elsewhere', 'feature/a'), true],
    ['its name is only part of a word', at('shop.feature-abc', 'feature/a'), true],
    ['its name stands twice, once whole', at('features.feature', 'feature'), false],
    ['it is not at its place', at('shop.feature-a', 'feature/a', { mismatched: true }), true],
    ['it is the main worktree', at('main', 'main', { primary: true }), true],
  ])('shows the branch when %s', (_when, shown, named) => {
    expect(line(session, shown).startsWith(`~/c/shop.feature-a  ${shown.branch}`)).toBe(named)
    expect(line({}, shown).startsWith(`${shown.branch}`)).toBe(true)
  })

  it.each([
    ['nothing', undefined, ''],
    ['an empty object', {}, ''],
    ['null', null, ''],
    [
      'wrong kinds',
      { workspace: 7, model: { display_name: 3 }, context_window: { used_percentage: 'x' }, rate_limits: [] },
      '',
    ],
    ['a hostile model', { model: { display_name: 'O\x1b[2J' } }, 'O\\x1b[2J'],
    ['a hostile folder', { workspace: { current_dir: '/x\n/y\x1b' } }, '/x/y\\x1b'],
  ])('takes %s', (_what, value, shown) => {
    expect(line(value, undefined)).toBe(shown)
  })
})

describe('contextGauge', () => {
  it.each([
    [0, '🌕 0%'],
    [50, '🌕 50%'],
    [51, '🌔 51%'],
    [75, '🌔 75%'],
    [76, '🌓 76%'],
    [91, '🌒 91%'],
    [98, '🌑 98%'],
    [100, '🌑 100%'],
    [-5, '🌕 0%'],
    [400, '🌑 100%'],
  ])('%d', (used, shown) => {
    expect(contextGauge(used)).toBe(shown)
  })
})

describe('rateGauge', () => {
  const limits = (hours: number, used: number, window = 'five_hour') =>
    readClaudeInput({ rate_limits: { [window]: { used_percentage: used, resets_at: NOW + hours * 3600 } } }).allowances
  it.each([
    ['too fast', limits(2.5, 90), '1.8× 2h'],
    ['slow enough', limits(2.5, 50), ''],
    ['too early to tell', limits(4.9, 60), ''],
    ['hardly used', limits(4.7, 5), ''],
    ['over already', limits(-1, 100), ''],
    ['the week', limits(84, 75, 'seven_day'), '1.5× 3d'],
    ['the worse of two', [...limits(2.5, 60), ...limits(84, 75, 'seven_day')], '1.5× 3d'],
    ['none', [], ''],
  ])('%s', (_what, allowances, shown) => {
    expect(rateGauge(allowances, NOW * 1000)).toBe(shown)
  })
})
