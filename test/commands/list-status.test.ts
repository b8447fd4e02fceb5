import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ListItem } from '../../src/render/list/json-shape.ts'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const item = async (repo: TestRepo, branch: string, words: readonly string[] = ['--branches']): Promise<ListItem> =>
  itemOf(await listJson(repo, words), branch)

/** The symbols of a row as scripts see them. */
const symbols = async (repo: TestRepo, branch: string): Promise<string | undefined> =>
  (await item(repo, branch)).display.symbols

/** The status cell of a row as people see it: seven positions. */
const cell = async (repo: TestRepo, branch: string): Promise<string> => {
  const { out } = await wt(repo, ['list', '--branches'])
  const [header = '', ...rows] = out.split('\n')
  const at = header.indexOf('Status')
  const row = rows.find((line) => line.slice(2).startsWith(`${branch} `)) ?? ''
  return row.slice(at, at + 8)
}

/** A linked worktree on a branch that has what main has. */
const linked = (scenario: Parameters<typeof makeRepo>[0] = 'basic', from = 'main') => {
  const repo = makeRepo(scenario)
  return { repo, path: repo.addWorktree('w', { from }) }
}

describe('what the working tree is like', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['nothing', ':', '_'],
    ['untracked', 'echo x > new', '?–'],
    ['untracked directory', 'mkdir d; echo x > d/new', '?–'],
    ['empty directory', 'mkdir d', '_'],
    ['modified', 'echo x >> a.txt', '!–'],
    ['deleted', 'rm a.txt', '✘–'],
    ['mode', 'chmod +x a.txt', '!–'],
    ['type', 'rm a.txt; ln -s b.txt a.txt', '!–'],
    ['staged', 'echo x >> a.txt; git add a.txt', '+–'],
    ['staged new', 'echo x > new; git add new', '+–'],
    ['staged and modified', 'echo x >> a.txt; git add a.txt; echo y >> a.txt', '+!–'],
    ['staged deletion', 'git rm -q a.txt', '✘–'],
    ['renamed', 'git mv a.txt c.txt', '»–'],
    ['renamed and edited', 'git mv a.txt c.txt; echo x >> c.txt', '!»–'],
    ['intent to add', 'echo x > new; git add -N new', '!–'],
    ['no longer tracked', 'git rm -q --cached a.txt', '?✘–'],
    ['all at once', 'echo x > new; echo y >> b.txt; git mv a.txt c.txt; echo z > s; git add s', '+!?»–'],
    ['ignored only', 'echo "*.log" > $(git rev-parse --git-common-dir)/info/exclude; echo x > a.log', '_'],
  ]
  test.each(cases)('%s', async (_, script, expected) => {
    const { repo, path } = linked()
    shell(repo, 'mkdir -p .git/info')
    for (const key of ['showUntrackedFiles', 'renames']) repo.git('config', `status.${key}`, 'no')
    shell({ dir: path, env: repo.env }, script)
    expect(await symbols(repo, 'w')).toBe(expected)
    expect((await item(repo, 'w')).display.state).toBe(expected === '_' ? 'empty' : 'same_commit')
  })

  test('positions in the table, one below the other', async () => {
    const { repo, path } = linked()
    shell({ dir: path, env: repo.env }, 'echo x > new; echo y >> b.txt; echo z > s; git add s')
    expect(await cell(repo, 'w')).toBe('+!? –   ')
    chmodSync(join(repo.dir, 'a.txt'), 0o755)
    expect(await cell(repo, 'main')).toBe(' !  ^   ')
  })

  test('unmerged: all seven kinds, whatever else is going on', async () => {
    const { repo, path } = linked('conflicting', 'feature')
    repo.tryGit(['-C', path, 'merge', 'main'])
    expect(await symbols(repo, 'w')).toMatch(/✘✗$/)
    expect((await item(repo, 'w')).worktree).toMatchObject({ operation: 'merge', changes: { conflicted: true } })
    const blob = repo.git('rev-parse', 'main:a.txt')
    for (const stages of [[1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]]) {
      repo.git('-C', path, 'reset', '-q', '--hard')
      const lines = stages.map((stage) => `100644 ${blob} ${stage}\ta.txt\n`).join('')
      repo.tryGit(['-C', path, 'update-index', '--index-info'], `0 ${'0'.repeat(40)}\ta.txt\n${lines}`)
      const { changes } = (await item(repo, 'w')).worktree ?? {}
      expect(changes, String(stages)).toMatchObject({ conflicted: true })
    }
  })
})

describe('what it is in the middle of', () => {
  const clash =
    'git checkout -q -b clash main~1 2>/dev/null; echo clash > feature.txt; git add feature.txt; git commit -q -m clash;'
  const cases: readonly (readonly [string, string])[] = [
    ['merge', `${clash} git merge main || git checkout -q --ours . `],
    ['rebase', 'GIT_SEQUENCE_EDITOR="sed -i 1s/pick/edit/" git rebase -q -i main~2 '],
    ['cherry_pick', `${clash} git cherry-pick main || true`],
    ['revert', 'git revert -n HEAD'],
    ['bisect', 'git bisect start -q'],
  ]
  test.each(cases)('%s', async (operation, script) => {
    const repo = makeRepo('conflicting')
    const path = repo.addWorktree('w', { from: 'main' })
    shell({ dir: path, env: repo.env }, `set +e; { ${script}; } >/dev/null 2>&1; true`)
    const found = (await listJson(repo)).items[1]
    expect(found?.worktree?.operation).toBe(operation)
    expect(found?.display.symbols).toMatch(operation === 'merge' || operation === 'cherry_pick' ? /[✘↻]/ : /↻/)
  })

  test('a cherry-pick of several, stopped between two', async () => {
    const repo = makeRepo('conflicting')
    shell(
      repo,
      'git checkout -q -b pick main; git cherry-pick feature~1 feature >/dev/null 2>&1 || git reset -q --hard',
    )
    expect((await listJson(repo)).items[0]?.worktree?.operation).toBe('cherry_pick')
  })
})

describe('the worktree itself', () => {
  test('detached: short commit, no mismatch; locked: its reason; both outrank a wrong place', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('x', { from: 'main~1', detach: true })
    expect(await listJson(repo)).toMatchObject({
      items: [{}, { branch: null, worktree: { detached: true, branch_mismatch: false }, display: { symbols: '⊘⊂' } }],
    })
    repo.git('worktree', 'lock', path)
    expect((await listJson(repo)).items[1]).toMatchObject({
      worktree: { locked: { reason: null } },
      display: { symbols: '⊞⊂' },
    })
  })

  test('one branch in two places: both are flagged; a place off the template too', async () => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    repo.git('worktree', 'add', '-q', '-f', join(repo.base, 'second'), 'feature')
    const rows = (await listJson(repo)).items.slice(1)
    expect(rows.map(({ worktree }) => [worktree?.duplicate_branch, worktree?.branch_mismatch])).toEqual(
      expect.arrayContaining([
        [true, false],
        [true, true],
      ]),
    )
    expect(rows.map(({ display }) => display.symbols)).toEqual(['⚐↑', '⚐↑'])
  })

  test('a path template of the user’s own, and links on the way', async () => {
    const repo = makeRepo('ahead')
    shell(repo, 'ln -s .. up; git config core.excludesFile .git/ex; echo up > .git/ex')
    repo.git('worktree', 'add', '-q', join(repo.base, 'trees', 'feature'), 'feature')
    const with_ = async (template: string) =>
      itemOf(await listJson(repo, ['--config-set', `worktree-path="${template}"`]), 'feature').worktree?.branch_mismatch
    expect(await with_('{{ repo_path }}/../trees/{{ branch }}')).toBe(false)
    expect(await with_('{{ repo_path }}/up/trees/{{ branch }}')).toBe(false)
    expect(await with_('../trees/{{ branch }}')).toBe(false)
    expect(await with_('../woods/{{ branch }}')).toBe(true)
    expect(await with_('../{% if branch %}trees{% endif %}/{{ branch | lower }}')).toBe(false)
    expect(await with_('../woods/{{ branch | lower }}')).toBe(true)
  })

  test('prunable: only that, and no git is run in it; locked and absent: a lock, and no failed task', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    rmSync(path, { recursive: true })
    expect(await cell(repo, 'feature')).toMatch(/^ {3}⊟ /)
    expect((await wt(repo, ['list'])).out).toMatch(/\+ feature +⊟ +\.\.\/repo\.feature( +[0-9a-f]+)?$/m)
    shell(repo, 'touch .git/worktrees/repo.feature/locked')
    const { out, err } = await wt(repo, ['list'])
    expect(out).toMatch(/\+ feature +⊞/)
    expect(out + err).not.toMatch(/[▲·]/)
  })
})
