import { chmodSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { expectGraceful, ready } from '../support/graceful.ts'
import { shell } from '../support/shell.ts'

describe('hostile bytes: harmless in text, exact in JSON', () => {
  const BAD = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/

  test('subjects, lock reasons, paths, branch names, markers', async () => {
    const repo = ready()
    const subject = 'evil \u001b]0;title\u0007\u001b[2J\u202eabc\u0085\r\ttab'
    repo.commit(subject)
    repo.git('worktree', 'add', '-q', '-b', 'b\u202e\u009b1mx', join(repo.base, 'p\n@ fake \u001b[31m'), 'main')
    repo.git('worktree', 'lock', '--reason', 'why\n\u001b[31m', join(repo.base, 'p\n@ fake \u001b[31m'))
    repo.git('config', 'wt.state.main.marker', '{"marker":"\\u001b[5m!"}')
    const { out, err, code } = await wt(repo, ['list', '--branches'])
    expect(code).toBe(0)
    expect(out).not.toMatch(BAD)
    expect(err).not.toMatch(BAD)
    expect(out.split('\n').filter((line) => line.startsWith('@'))).toHaveLength(1)
    const raw = (await wt(repo, ['list', '--json'])).out
    expect(raw).not.toMatch(BAD)
    const listed = await listJson(repo)
    expect(itemOf(listed, 'main').head?.subject).toBe(repo.git('log', '-1', '--format=%s'))
    expect(itemOf(listed, 'main').marker).toBe('\u001b[5m!')
    expect(itemOf(listed, 'b\u202e\u009b1mx').worktree).toMatchObject({
      path: join(repo.base, 'p\n@ fake \u001b[31m'),
      locked: { reason: 'why\n\u001b[31m' },
    })
    const line = await wt(repo, ['list', 'statusline'], {
      cwd: join(repo.base, 'p\n@ fake \u001b[31m'),
      env: { ...repo.env, NO_COLOR: '1' },
    })
    expect(line.out).not.toMatch(BAD)
  })

  test('bytes that are no UTF-8: in paths, branches, subjects; every cell is there, JSON never fails', async () => {
    const repo = ready()
    shell(
      repo,
      `git worktree add -q -b $'br\\xff' ../$'wt\\xff' main; cd ../$'wt\\xff'; echo new > $'f\\xfe'; mkdir $'d\\xfd'; echo x > $'d\\xfd'/y
       rm a.txt; git commit -q --allow-empty -m subXject
       git reset -q --soft $(git cat-file commit HEAD | sed $'s/X/\\xff/' | git hash-object -t commit -w --stdin)`,
    )
    const answer = await wt(repo, ['list'])
    expectGraceful(answer, 0)
    expect(answer.err).not.toContain('▲')
    expect(answer.out).toMatch(/\+ br\\xff .*\+2 +-3 .*sub\\xffject/)
    const item = (await listJson(repo)).items.find(({ branch }) => branch?.startsWith('br'))
    expect(item).toMatchObject({
      branch: 'br\ufffd',
      head: { subject: 'sub\ufffdject' },
      worktree: {
        path: join(repo.base, 'wt\ufffd'),
        changes: { untracked: true, deleted: true, diff: { added: 2, deleted: 3 } },
      },
      default_branch: { ahead: 1, merge_conflicts: false },
    })
    const inside = await wt(repo, ['list'], { cwd: `${repo.base}/wt\udcff` })
    expectGraceful(inside, 0)
    expect(inside.out).toMatch(/^@ br\\xff/m)
  })
})

test('many worktrees in odd places, each with changes of its own: every row has those of its worktree', async () => {
  const repo = ready()
  repo.commit('odd', { files: { '= 0 0': 'a file\n' } })
  const names = [
    '= 0 0',
    'new\nline',
    "o'clock",
    '$HOME',
    '`x`',
    '-n',
    'q"uote',
    '*',
    'ü',
    'a b',
    '\\',
    '!x',
    '#c',
    '~',
  ]
  for (const [at, name] of names.entries()) {
    const path = repo.addWorktree(`b${at}`, { from: 'main', path: join(repo.base, 'odd', name, `${at}`) })
    repo.git('-C', path, 'mv', '= 0 0', '= 1 0')
    for (let file = 0; file < at; file++) writeFileSync(join(path, `= 2 ${file}`), 'x\n')
    if (at % 5 === 4) chmodSync(join(path, 'a.txt'), 0o755)
  }
  for (let run = 0; run < 2; run++) {
    const listed = await listJson(repo)
    expect(listed.err).not.toContain('▲')
    for (const [at, name] of names.entries()) {
      const changes = itemOf(listed, `b${at}`).worktree?.changes
      expect(changes, name).toMatchObject({ renamed: true, modified: at % 5 === 4, untracked: at > 0, staged: false })
      expect(changes?.diff, name).toEqual({ added: at, deleted: 0 })
    }
  }
})

describe('terminals', () => {
  test.each([5, 20, 40, 79])('%i columns: no line is wider, whatever is in it', async (columns) => {
    const repo = ready()
    repo.git('worktree', 'add', '-q', '-b', 'a-branch-with-quite-a-long-name/日本語', join(repo.base, 'w'), 'main')
    for (const terminal of [false, true]) {
      const answer = await wt(repo, ['list', '--branches'], { columns, terminal, rows: 6 })
      expectGraceful(answer, 0)
      for (const line of answer.out.replace(/\u001b\[\d*[A-Z]/g, '').split('\n')) {
        const width = [...line].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) >= 0x3000 ? 2 : 1), 0)
        expect(width, line).toBeLessThanOrEqual(columns)
      }
    }
  })
})

describe('a repository behind links', () => {
  test('moved behind a link: from the new place, the old one, and from a worktree', async () => {
    const repo = ready()
    const path = repo.addWorktree('feature')
    renameSync(repo.dir, join(repo.base, 'moved'))
    symlinkSync(join(repo.base, 'moved'), repo.dir)
    renameSync(path, join(repo.base, 'tree'))
    symlinkSync(join(repo.base, 'tree'), path)
    for (const [cwd, branch] of [
      [join(repo.base, 'moved'), 'main'],
      [join(repo.base, 'tree'), 'feature'],
    ] as const) {
      const answer = await wt(repo, ['list'], { cwd })
      expectGraceful(answer, 0)
      expect(answer.out).toMatch(new RegExp(`^@ ${branch}`, 'm'))
      expect(answer.out).not.toContain('·')
      expect(answer.err).not.toContain('▲')
      const line = await listJson(repo, [], { cwd })
      expect(line.items).toHaveLength(2)
      const status = JSON.parse((await wt(repo, ['list', 'statusline', '--json'], { cwd })).out)
      expect(status.items).toHaveLength(1)
      expect(status.items[0].worktree.changes).not.toBeNull()
    }
    expect(readdirSync(repo.base)).toContain('moved')
  })
})
