import { describe, expect, test } from 'vitest'
import { listJson, wt } from '../support/cli.ts'
import { EPOCH } from '../support/environment.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const namesIn = (out: string): readonly string[] =>
  out
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(/ +/).slice(0, 2).join(' '))

const names = async (repo: TestRepo, words: readonly string[] = [], options = {}): Promise<readonly string[]> =>
  namesIn((await wt(repo, ['list', ...words], options)).out)

describe('rows', () => {
  test('current, primary, then the newest commit; branches and remote branches likewise', async () => {
    const repo = makeRepo('tracking')
    const [one, two] = [repo.addWorktree('one', { from: 'main' }), repo.addWorktree('two', { from: 'main' })]
    const three = repo.addWorktree('three', { from: 'main' })
    for (const dir of [two, one, three]) repo.commit(`in ${dir}`, { dir })
    for (const [at, branch] of ['old', 'new'].entries()) repo.git('branch', branch, at === 0 ? 'main~1' : 'three')
    repo.git('update-ref', 'refs/remotes/origin/new', 'three')
    repo.git('update-ref', 'refs/remotes/origin/old', 'main~1')
    const all = [
      '@ one',
      '^ main',
      '+ three',
      '+ two',
      '/ new',
      '/ feature',
      '/ gone',
      '/ old',
      '| origin/new',
      '| origin/old',
    ]
    expect(await names(repo, ['--branches', '--remotes'], { cwd: one })).toEqual(all)
    expect(await names(repo, ['--branches'], { cwd: one })).toEqual(all.slice(0, 8))
    expect(await names(repo, ['--config-set', 'list.branches=true'], { cwd: one })).toEqual(all.slice(0, 8))
    expect(await names(repo, [], { cwd: two })).toEqual(['@ two', '^ main', '+ three', '+ one'])
    expect(await names(repo)).toEqual(['@ main', '+ three', '+ one', '+ two'])
  })

  test('a local branch called origin/x is not the remote one, a tag or branch called HEAD is just that', async () => {
    const repo = makeRepo('tracking')
    repo.git('update-ref', 'refs/remotes/origin/x', 'feature')
    repo.git('update-ref', 'refs/heads/origin/x', 'main')
    repo.git('update-ref', 'refs/heads/HEAD', 'feature')
    repo.git('tag', 'main', 'feature')
    const { items } = await listJson(repo, ['--branches', '--remotes'])
    const found = items.map(({ branch, remote, head }) => [remote ?? '', branch, head?.sha])
    expect(found).toContainEqual(['origin', 'x', repo.oid('refs/heads/feature')])
    expect(found).toContainEqual(['', 'origin/x', repo.oid('refs/heads/main')])
    expect(found).toContainEqual(['', 'HEAD', repo.oid('refs/heads/feature')])
    expect(found).toContainEqual(['', 'main', repo.oid('refs/heads/main')])
  })

  test('a remote with a slash in its name', async () => {
    const repo = makeRepo('basic')
    repo.git('remote', 'add', 'team/fork', '/nowhere')
    repo.git('update-ref', 'refs/remotes/team/fork/a/b', 'main')
    const { items } = await listJson(repo, ['--remotes'])
    expect(items.at(-1)).toMatchObject({ remote: 'team/fork', branch: 'a/b' })
    expect(await names(repo, ['--remotes'])).toContain('| team/fork/a/b')
  })

  test('dates before 1970 and in the far future', async () => {
    const repo = makeRepo('basic')
    const tree = repo.git('rev-parse', 'main^{tree}')
    for (const [branch, date] of [
      ['old', '-86400000'],
      ['ancient', '0'],
      ['future', '99999999999'],
      ['far', '9999999999999'],
    ]) {
      const text = `tree ${tree}\nauthor A <a@b> ${date} +0000\ncommitter A <a@b> ${date} +0000\n\nx\n`
      const { stdout } = repo.tryGit(['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], text)
      repo.git('update-ref', `refs/heads/${branch}`, stdout.toString().trim())
    }
    const { code, out, err } = await wt(repo, ['list', '--branches'])
    expect({ code, err: err.includes('▲') }).toEqual({ code: 0, err: false })
    expect(out).not.toMatch(/NaN|Invalid|undefined/)
    const { items } = await listJson(repo, ['--branches'])
    expect(items.find(({ branch }) => branch === 'ancient')?.head?.committed_at).toBe('1970-01-01T00:00:00Z')
  })
})

describe('the answer and what is beside it', () => {
  test('stdout has the table only, stderr a blank line and the footer', async () => {
    const repo = makeRepo('ahead')
    repo.addWorktree('feature')
    repo.write('a.txt', 'x\n')
    const { out, err } = await wt(repo, ['list', '--branches'])
    expect(out).toMatch(/^ {2}Branch .*\n@ main .*\n\+ feature .*\n\/ topic .*\n$/)
    expect(err).toBe('\n○ 2 worktrees, 1 branch, 1 with changes, 1 ahead\n')
  })

  test('on a terminal the table fills in place, and ends as the same table', async () => {
    const repo = makeRepo('diverged')
    repo.addWorktree('feature')
    shell(repo, 'echo x > new; echo y >> a.txt')
    const buffered = await wt(repo, ['list', '--branches', '--no-progressive'], { terminal: true, columns: 100 })
    const live = await wt(repo, ['list', '--branches'], { terminal: true, columns: 100 })
    expect(buffered.out).not.toContain('\u001b')
    expect(live.out).toContain('◎ Filling in 2 rows')
    expect(live.out.slice(live.out.lastIndexOf('\u001b[J') + 3)).toBe(buffered.out)
    expect(live.err).toBe(buffered.err)
    const piped = await wt(repo, ['list', '--branches', '--progressive'], { columns: 100 })
    expect(piped.out).toBe(buffered.out)
  })

  test('the missing default branch is named, its columns stay blank', async () => {
    const repo = makeRepo('ahead')
    repo.git('config', 'wt.default-branch', 'no-such')
    const { code, out, err } = await wt(repo, ['list', '--branches'])
    expect(code).toBe(0)
    expect(err).toContain('▲ the default branch "no-such" does not exist here')
    expect(out).not.toMatch(/[↑↓⊂_·]/)
  })

  test('[list] columns: the choice and its order, a wrong name is an error, JSON does not care', async () => {
    const repo = makeRepo('ahead')
    const set = (value: string): readonly string[] => ['--config-set', `list.columns=${value}`]
    expect((await wt(repo, ['list', ...set('["message","branch"]')])).out).toBe('  Message  Branch\n@ Second   main\n')
    for (const value of ['["brunch"]', '["branch","branch"]']) {
      expect(await wt(repo, ['list', ...set(value)])).toMatchObject({ code: 1, out: '' })
      expect((await wt(repo, ['list', '--json', ...set(value)])).code).toBe(0)
    }
    expect((await wt(repo, ['list', ...set('["brunch"]')])).err).toContain('did you mean "branch"?')
  })

  test('as `git wt`, through an alias of git, which runs it at the top of the worktree', async () => {
    const repo = makeRepo('ahead')
    const env = { ...repo.env, GIT_PREFIX: 'sub/', GIT_DIR: '.git', GIT_EXEC_PATH: '/nowhere' }
    const { GIT_EXEC_PATH: _, ...usual } = env
    expect((await wt(repo, ['list'], { env: usual })).out).toContain('@ main')
  })
})

test('ages are told from the clock that is handed in', async () => {
  const repo = makeRepo('basic')
  expect((await wt(repo, ['list'], { now: () => (EPOCH + 7200 + 3 * 3600) * 1000 })).out).toContain(' 3h ')
})
