import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const line = async (repo: TestRepo, words: readonly string[] = [], options: object = {}): Promise<string> => {
  const { code, out, err } = await wt(repo, ['list', 'statusline', ...words], {
    env: { ...repo.env, NO_COLOR: '1' },
    ...options,
  })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('wt list statusline', () => {
  test('the worktree at hand on one line, untracked lines included', async () => {
    const repo = makeRepo('tracking')
    const path = repo.addWorktree('feature')
    shell({ dir: path, env: repo.env }, 'echo new > new; mkdir sub')
    expect(await line(repo, [], { cwd: join(path, 'sub') })).toBe('feature  ?↕|  @+1  ↑2 ↓1  ^+2\n')
    expect(await line(repo)).toBe('main  ^⇣  ⇣1\n')
    expect(await line(repo, ['-C', path])).toBe('feature  ?↕|  @+1  ↑2 ↓1  ^+2\n')
  })

  test('only the worktree at hand is looked at', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    rmSync(path, { recursive: true })
    expect(await line(repo)).toBe('main  ^\n')
  })

  test('narrow: whole segments go, the least important first; no columns: nothing goes', async () => {
    const repo = makeRepo('tracking')
    const path = repo.addWorktree('feature')
    const widths = [40, 20, 12, 8, 4]
    const lines = await Promise.all(widths.map((columns) => line(repo, [], { cwd: path, columns })))
    expect(lines).toEqual(['feature  ↕|  ↑2 ↓1  ^+2\n', 'feature  ↕|  ↑2 ↓1\n', 'feature  ↕|\n', 'feature\n', 'fea…\n'])
  })

  test('colours, unless NO_COLOR', async () => {
    const repo = makeRepo('ahead')
    expect(await line(repo, [], { env: repo.env })).toContain('\u001b[')
    expect(await line(repo, [], { terminal: true, colour: true })).not.toContain('\u001b[')
  })

  test('detached: the short commit', async () => {
    const repo = makeRepo('ahead')
    repo.git('checkout', '-q', '--detach')
    expect(await line(repo)).toMatch(/^[0-9a-f]{7} {2}⊘/)
  })

  test('nowhere: nothing is said, and that is fine; JSON is an error', async () => {
    const repo = makeRepo('ahead')
    expect(await line(repo, [], { cwd: repo.base })).toBe('')
    expect(await line(repo, [], { cwd: undefined })).toBe('')
    expect((await wt(repo, ['list', 'statusline', '--json'], { cwd: repo.base })).code).toBe(1)
  })

  test('in a bare repository: nothing; JSON without items and without a default branch', async () => {
    const repo = makeRepo('ahead', { bare: true })
    expect(await line(repo)).toBe('')
    const { out } = await wt(repo, ['list', 'statusline', '--format=json'])
    expect(JSON.parse(out)).toEqual({ schema: 2, repo: {}, collected: { ci: false, summary: false }, items: [] })
  })

  test('JSON: the envelope with one item', async () => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    const { items, repo: about } = JSON.parse((await wt(repo, ['list', 'statusline', '--json'])).out)
    expect(about).toEqual({ default_branch: 'main' })
    expect(items.map(({ branch }: { branch: string }) => branch)).toEqual(['main'])
    expect(items[0].worktree.changes.diff).toEqual({ added: 0, deleted: 0 })
  })

  test('a broken configuration is no matter for a prompt', async () => {
    const repo = makeRepo('ahead')
    repo.write('.config/wt.toml', '[[[')
    repo.git('config', 'status.showUntrackedFiles', 'no')
    expect(await line(repo, ['--config-set', 'nonsense = '])).toBe('main  ?^  @+1\n')
  })
})

describe('--format=claude-code', () => {
  const input = (directory: string): string =>
    JSON.stringify({
      workspace: { current_dir: directory },
      model: { display_name: 'M\u001b[31m' },
      context_window: { used_percentage: 42 },
    })
  const claude = (repo: TestRepo, text: string, options: object = {}) =>
    line(repo, ['--format=claude-code'], { input: text, cwd: repo.base, ...options })

  test('the directory from stdin decides; a branch that its name shows is not said twice', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    const other = repo.addWorktree('topic', { path: join(repo.base, 'elsewhere') })
    expect(await claude(repo, input(path))).toMatch(/repo\.feature {2}↑ {2}↑2 {2}\^\+2 {2}M\\x1b\[31m {2}🌕 42%\n$/)
    expect(await claude(repo, input(other))).toMatch(/elsewhere {2}topic {2}⚐⊂ {2}↓1 {2}M/)
    expect(await claude(repo, input(repo.dir))).toMatch(/\/repo {2}main {2}\^ {2}M/)
  })

  test('outside of a repository, in a directory that is gone, and with no sense on stdin', async () => {
    const repo = makeRepo('ahead')
    expect(await claude(repo, input(repo.base))).toMatch(/M\\x1b\[31m {2}🌕 42%\n$/)
    expect(await claude(repo, input('/no/where'))).toBe('/n/where  M\\x1b[31m  🌕 42%\n')
    for (const text of ['', '{', '[]', 'null', '{"workspace":5}']) expect(await claude(repo, text)).toBe('')
    expect(await claude(repo, 'null', { cwd: repo.dir })).toBe('main  ^\n')
  })
})
