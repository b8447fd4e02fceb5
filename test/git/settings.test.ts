import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'
import { cached, load, remember } from './settings-loading.ts'

/** The value that git itself gives. */
const git = (repo: TestRepo, key: string, from = repo.dir): string | undefined => {
  const { code, stdout } = repo.tryGit(['-C', from, 'config', '-z', key])
  return code === 0 ? stdout.toString().replace(/\0$/, '') : undefined
}

const KEY = 'wt.test.Value.x'

describe('git settings', () => {
  test('have the values that git config gives', async () => {
    const repo = makeRepo('basic')
    shell(
      repo,
      `cat >> .git/config <<'END'
[Remote "A.b C"]
	URL = one
	url = "two # not a comment"
	pushurl
[wt]
	Empty =
	lines = "a\\nb"
	history = "ü 日本"
[core]
	abbrev = 12
[wt "state.a.vars.b"]
	marker = {"marker":"=\\n"}
END`,
    )
    const settings = await remember(repo)
    expect(cached(repo)).toBe(true)
    for (const each of [settings, await load(repo)]) {
      expect(each.all('remote.A.b C.url')).toEqual(['one', 'two # not a comment'])
      expect(each.get('remote.A.b C.pushurl')).toBe('true')
      for (const key of [
        'wt.empty',
        'wt.lines',
        'wt.history',
        'core.abbrev',
        'wt.state.a.vars.b.marker',
        'core.nothing',
      ]) {
        expect(each.get(key), key).toBe(git(repo, key))
      }
      expect(each.keys('remote.')).toEqual(['remote.A.b C.url', 'remote.A.b C.pushurl'])
    }
  })

  test('what wt tells git for its own good is not taken for the user’s', async () => {
    const repo = makeRepo('basic')
    for (const key of ['core.hooksPath', 'core.fsmonitor', 'core.splitIndex']) repo.git('config', key, 'mine')
    for (let run = 0; run < 2; run++) {
      const settings = await remember(repo)
      expect(['core.hookspath', 'core.fsmonitor', 'core.splitindex'].map((key) => settings.all(key))).toEqual([
        ['mine'],
        ['mine'],
        ['mine'],
      ])
    }
  })

  test('bytes that are no UTF-8 come through', async () => {
    const repo = makeRepo('basic')
    shell(repo, `printf '[wt "state.r\\xff"]\\n\\tmarker = "{}"\\n' >> .git/config`)
    await remember(repo)
    expect((await load(repo)).get('wt.state.r\udcff.marker')).toBe('{}')
  })

  const changes: readonly (readonly [string, (repo: TestRepo) => void])[] = [
    ['the repository', (repo) => void repo.git('config', KEY, 'new')],
    ['the user', (repo) => void repo.git('config', '--global', KEY, 'new')],
    ['an included file', (repo) => writeFileSync(join(repo.base, 'included'), '[wt "test.Value"]\n\tx = new\n')],
    [
      'a file that is included from an included one',
      (repo) => writeFileSync(join(repo.base, 'deep'), '[wt "test.Value"]\n\tx = new\n'),
    ],
    [
      'a conditional include',
      (repo) => writeFileSync(join(repo.base, 'home', 'cond'), '[wt "test.Value"]\n\tx = new\n'),
    ],
    [
      'an include that was not there',
      (repo) => writeFileSync(join(repo.dir, '.git', 'absent'), '[wt "test.Value"]\n\tx = new\n'),
    ],
    [
      'the worktree',
      (repo) => {
        repo.git('config', 'extensions.worktreeConfig', 'true')
        repo.git('config', '--worktree', KEY, 'new')
      },
    ],
    [
      'a file that was put in the place of another',
      (repo) => shell(repo, 'sed "s/old/new/" .git/config > c; mv c .git/config'),
    ],
  ]
  test.each(changes)('forgets what it knew when it changes: %s', async (_, change) => {
    const repo = makeRepo('basic')
    shell(repo, `printf '[include]\\n\\tpath = %s\\n' deep > ../included; touch ../deep ../home/cond`)
    repo.git('config', KEY, 'old')
    repo.git('config', '--add', 'include.path', join(repo.base, 'included'))
    repo.git('config', '--add', 'include.path', 'absent')
    repo.git('config', `includeIf.gitdir:${repo.base}/**.path`, '~/cond')
    expect((await remember(repo)).get(KEY)).toBe('old')
    expect(cached(repo)).toBe(true)
    change(repo)
    const values = (await load(repo)).all(KEY)
    expect(values).toEqual(repo.git('config', '--get-all', KEY).split('\n'))
    expect(values).toContain('new')
  })

  test('an include that follows the branch is asked for every time', async () => {
    const repo = makeRepo('basic')
    writeFileSync(join(repo.base, 'on-topic'), '[wt "test.Value"]\n\tx = topic\n')
    repo.git('config', 'includeIf.onbranch:topic.path', join(repo.base, 'on-topic'))
    expect((await remember(repo)).get(KEY)).toBeUndefined()
    repo.git('switch', '-q', 'topic')
    expect((await load(repo)).get(KEY)).toBe('topic')
  })

  test('a worktree has what is configured for it alone, and the main worktree what is configured for that', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    repo.git('config', 'extensions.worktreeConfig', 'true')
    repo.git('-C', path, 'config', '--worktree', 'core.worktree', path)
    repo.git('-C', path, 'config', '--worktree', KEY, 'linked')
    repo.git('config', '--worktree', KEY, 'main')
    for (let run = 0; run < 2; run++) {
      expect((await remember(repo, path)).get(KEY)).toBe('linked')
      expect((await remember(repo, path)).main).toEqual({ bare: false })
      expect((await remember(repo)).get(KEY)).toBe('main')
    }
    repo.git('config', '--worktree', 'core.worktree', join(repo.base, 'elsewhere'))
    expect((await load(repo, path)).main).toEqual({ bare: false, worktree: join(repo.base, 'elsewhere') })
  })
})
