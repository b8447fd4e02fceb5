import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectGraceful } from '../support/graceful.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, go, history, worktreesOf } from '../support/switching.ts'

describe('creating', () => {
  test('starts from the default branch, wherever you are, and takes the shell along', async () => {
    const repo = makeRepo('basic')
    repo.git('switch', '-q', 'topic')
    const { code, cd, err } = await go(repo, ['--create', 'fix'])
    expect(code, err).toBe(0)
    expect(cd).toBe(`${repo.dir}.fix`)
    expect(worktreesOf(repo)).toEqual({ repo: 'topic', 'repo.fix': 'fix' })
    expect(repo.oid('fix')).toBe(repo.oid('main'))
    expect(history(repo)).toEqual(['topic', repo.dir])
  })

  test.each([
    ['a tag', 'v1'],
    ['an ancestor', 'main~1'],
    ['the branch at hand', '@'],
    ['the default branch', '^'],
    ['a worktree’s path', '../repo.topic'],
  ])('from %s', async (_, base) => {
    const repo = makeRepo('basic')
    repo.commit('second')
    repo.git('tag', 'v1', 'main~1')
    repo.addWorktree('topic')
    const expected = base === '../repo.topic' ? 'topic' : base === '@' || base === '^' ? 'main' : base
    const { code, err } = await go(repo, ['-c', 'x', '--base', base])
    expect(code, err).toBe(0)
    expect(repo.oid('x')).toBe(repo.oid(`${expected}^{commit}`))
  })

  test('a tag of the same name is not meant', async () => {
    const repo = makeRepo('basic')
    const first = repo.oid('main')
    repo.git('tag', 'main', first)
    const second = repo.commit('second')
    repo.git('tag', 'topic', second)
    expect((await go(repo, ['-c', 'x'])).code).toBe(0)
    expect(repo.oid('refs/heads/x')).toBe(second)
    expect((await go(repo, ['topic'])).code).toBe(0)
    expect(worktreesOf(repo)).toMatchObject({ 'repo.topic': 'topic' })
  })

  test.each([
    ['topic', 'BRANCH', 'topic is there already'],
    ['topic/x', 'BRANCH', 'beside branch topic'],
    ['a..b', 'BRANCH', 'no name for a branch'],
    ['-x', 'BRANCH', ''],
    ['x', 'BASE', 'nosuch'],
  ])('%s is refused (%s), and nothing is made', async (name, what, said) => {
    const repo = makeRepo('basic')
    const before = branchesOf(repo)
    const words = what === 'BASE' ? ['-c', name, '-b', 'nosuch'] : ['-c', name]
    const { code, err, cd } = await go(repo, words)
    expect(code).toBe(name === '-x' ? 2 : 1)
    expect(err).toContain(said)
    expect(cd).toBe('')
    expect(branchesOf(repo)).toEqual(before)
    expect(worktreesOf(repo)).toEqual({ repo: 'main' })
  })

  test('an argument is a name, even where a worktree stands at that path', async () => {
    const repo = makeRepo('basic')
    repo.addWorktree('topic', { path: join(repo.dir, 'here') })
    expect((await go(repo, ['-c', 'here/'])).code).toBe(0)
    expect(worktreesOf(repo)).toMatchObject({ here: 'topic', 'repo.here': 'here' })
  })

  test('the hint about paths comes once', async () => {
    const repo = makeRepo('basic')
    expect((await go(repo, ['-c', 'a'])).err).toContain('worktree-path')
    expect((await go(repo, ['-c', 'b'])).err).not.toContain('worktree-path')
  })

  test('--base without --create is ignored with a word', async () => {
    const repo = makeRepo('basic')
    const { code, err } = await go(repo, ['topic', '--base', 'nosuch'])
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('--create') })
  })
})

describe('remote branches', () => {
  const published = (): TestRepo => {
    const repo = makeRepo('basic')
    repo.publish()
    repo.git('branch', '-q', 'team/x', 'topic')
    repo.git('push', '-q', 'origin', 'team/x')
    repo.git('branch', '-q', '-D', 'team/x')
    return repo
  }
  const upstream = (repo: TestRepo, branch: string): string | undefined =>
    repo
      .tryGit(['rev-parse', '--abbrev-ref', `${branch}@{upstream}`])
      .stdout.toString()
      .trim() || undefined

  test.each(['team/x', 'origin/team/x'])('%s is created here and tracks it', async (name) => {
    const repo = published()
    const { code, err, out } = await go(repo, [name, '--json'])
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ branch: 'team/x', created_branch: true, from_remote: 'origin/team/x' })
    expect(upstream(repo, 'team/x')).toBe('origin/team/x')
  })

  test.each(['always', 'false', 'inherit', 'true'])(
    'what tracks what is the same under autoSetupMerge=%s',
    async (value) => {
      const repo = published()
      repo.git('config', 'branch.autoSetupMerge', value)
      for (const words of [['team/x'], ['-c', 'other', '-b', 'origin/topic'], ['-c', 'local', '-b', 'topic']]) {
        const { code, err } = await go(repo, words)
        expect(code, err).toBe(0)
      }
      expect(['team/x', 'other', 'local'].map((branch) => upstream(repo, branch))).toEqual([
        'origin/team/x',
        undefined,
        undefined,
      ])
      repo.git('branch', '-q', '-D', 'topic')
      expect((await go(repo, ['-c', 'topic', '-b', 'origin/topic'])).code).toBe(0)
      expect(upstream(repo, 'topic')).toBe('origin/topic')
    },
  )

  test('a base that only a remote has', async () => {
    const repo = published()
    const { code, err, out } = await go(repo, ['-c', 'n', '-b', 'team/x', '--json'])
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ base_branch: 'origin/team/x' })
    expect(upstream(repo, 'n')).toBe(undefined)
  })

  test('--create with the name of a remote branch warns, and starts from the base', async () => {
    const repo = published()
    repo.commit('ahead')
    const { code, err } = await go(repo, ['-c', 'team/x'])
    expect(code, err).toBe(0)
    expect(err).toContain('origin/team/x')
    expect(repo.oid('team/x')).toBe(repo.oid('main'))
  })

  test('on two remotes: refused, unless one is preferred', async () => {
    const repo = published()
    repo.git('update-ref', 'refs/remotes/fork/team/x', 'main')
    repo.git('config', 'remote.fork.url', '/nowhere')
    const { code, err } = await go(repo, ['team/x'])
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('fork/team/x') })
    expect(branchesOf(repo)).not.toContain('team/x')
    repo.git('config', 'checkout.defaultRemote', 'fork')
    expect((await go(repo, ['team/x'])).code).toBe(0)
    expect(repo.oid('team/x')).toBe(repo.oid('main'))
  })

  test('a local branch called like a remote one is used as it is', async () => {
    const repo = published()
    repo.git('branch', 'origin/topic', 'main')
    expect((await go(repo, ['origin/topic'])).code).toBe(0)
    expect(worktreesOf(repo)).toMatchObject({ 'repo.origin-topic': 'origin/topic' })
  })

  test('nowhere: exit 1 with the way to create it, and when remotes were last asked', async () => {
    const answer = await go(published(), ['nosuch'])
    expectGraceful(answer)
    expect(answer.err).toMatch(/fetched/)
    expect(answer.err).toContain('--create nosuch')
  })
})
