import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { branchesOf, keptOf, removeAnswer, worktreesOf } from '../support/removing.ts'
import { put, withTopic } from '../support/topic.ts'

describe('wt remove: a worktree that is not there', () => {
  test('its entry goes and no other, then the branch by its rules', async () => {
    const { repo, path } = withTopic()
    rmSync(repo.addWorktree('away', { from: 'main' }), { recursive: true })
    rmSync(path, { recursive: true })
    const { code, out } = await wt(repo, ['remove', 'topic', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([{ kind: 'branch_only', pruned: true, branch_outcome: 'deleted' }])
    expect(worktreesOf(repo)).toEqual(['repo.away'])
  })

  test('files that stand there without a .git stay', async () => {
    const { repo, path } = withTopic()
    rmSync(join(path, '.git'))
    put(join(path, 'precious'))
    expect((await wt(repo, ['remove', 'topic'])).code).toBe(0)
    expect(readFileSync(join(path, 'precious'), 'utf8')).toBe('precious\n')
    expect(worktreesOf(repo)).toEqual([])
  })

  test('an entry with staged work stays without --force, which keeps the index', async () => {
    const { repo, path } = withTopic()
    put(join(path, 'staged.txt'))
    repo.git('-C', path, 'add', 'staged.txt')
    rmSync(path, { recursive: true })
    const { code, err } = await wt(repo, ['remove', 'topic'])
    expect(code).toBe(1)
    expect(err).toContain('git worktree repair')
    expect((await wt(repo, ['remove', 'topic', '--force'])).code).toBe(0)
    const [kept] = keptOf(repo)
    const index = join(kept?.directory ?? '', 'admin', 'index')
    const listed = repo.tryGit(['ls-files']).code === 0 && existsSync(index)
    expect(listed).toBe(true)
  })

  test('an entry in the middle of a rebase is the one of its branch, and stays without --force', async () => {
    const { repo, path } = withTopic()
    repo.commit('theirs', { dir: path, files: { 'theirs.txt': 'x\n' } })
    repo.git('-C', path, '-c', 'sequence.editor=echo break >', 'rebase', '-q', '-i', 'HEAD~1')
    rmSync(path, { recursive: true })
    for (const target of ['topic', path]) {
      const { code, err } = await wt(repo, ['remove', target])
      expect({ code, worktrees: worktreesOf(repo) }).toEqual({ code: 1, worktrees: ['repo.topic'] })
      expect(err).toContain('an open rebase')
      expect(err).toContain('git worktree repair')
    }
    const { code, out } = await wt(repo, ['remove', 'topic', '--force', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([{ branch: 'topic', pruned: true, branch_outcome: 'retained_unmerged' }])
    expect(worktreesOf(repo)).toEqual([])
  })

  test('detached it is left to git', async () => {
    const { repo, path } = withTopic()
    repo.git('-C', path, 'checkout', '-q', '--detach')
    rmSync(path, { recursive: true })
    expect((await wt(repo, ['remove', path])).code).toBe(1)
    expect(worktreesOf(repo)).toEqual(['repo.topic'])
  })
})

describe('wt remove: a detached worktree', () => {
  test('goes by its path; commits that only it reached get a ref', async () => {
    const { repo, path } = withTopic()
    repo.git('-C', path, 'checkout', '-q', '--detach')
    const tip = repo.commit('only here', { dir: path })
    const { code, out, err } = await wt(repo, ['remove', path, '--json'])
    expect(code, err).toBe(0)
    expect(removeAnswer(out)).toMatchObject([
      { branch: null, branch_outcome: 'not_attempted', backup_ref: `refs/wt-backup/${tip}` },
    ])
    expect(repo.oid(`refs/wt-backup/${tip}`)).toBe(tip)
    expect(err).toContain(`git branch <name> ${tip.slice(0, 12)}`)
  })

  test('without commits of its own it leaves no ref', async () => {
    const { repo, path } = withTopic()
    repo.git('-C', path, 'checkout', '-q', '--detach', 'main')
    await wt(repo, ['remove', path])
    expect(repo.git('for-each-ref', 'refs/wt-backup')).toBe('')
  })

  test('a branch that is removed by name leaves it alone, and it is named', async () => {
    const { repo, path } = withTopic()
    repo.git('-C', path, 'checkout', '-q', '--detach')
    const { code, out, err } = await wt(repo, ['remove', 'topic', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([
      { kind: 'branch_only', detached_worktree: path, branch_outcome: 'deleted' },
    ])
    expect(err).toContain(path)
    expect(existsSync(path)).toBe(true)
  })
})

describe('wt remove: several', () => {
  test('each once, the one at hand last; what can’t go does not keep the others', async () => {
    const { repo, path } = withTopic()
    const a = repo.addWorktree('a', { from: 'main' })
    put(join(repo.addWorktree('b', { from: 'main' }), 'wip'))
    repo.git('branch', 'c')
    const words = ['remove', 'topic', 'nosuch', 'b', 'c', 'a', '../repo.a', '--json']
    const { code, out, err } = await wt(repo, words, { cwd: path })
    expect(code).toBe(1)
    expect(removeAnswer(out).map((item) => (item as { branch: string }).branch)).toEqual(['a', 'c', 'topic'])
    expect(err).toContain('nosuch')
    expect(err).toContain('wip')
    expect(existsSync(a)).toBe(false)
    expect(worktreesOf(repo)).toEqual(['repo.b'])
    expect(branchesOf(repo)).toEqual(['b', 'main'])
  })

  test('a branch with two worktrees: the first goes, the branch stays, and the other one is named', async () => {
    const { repo } = withTopic()
    const second = join(repo.base, 'second one')
    repo.git('worktree', 'add', '-q', '--force', second, 'topic')
    const { code, out, err } = await wt(repo, ['remove', '-D', 'topic', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([{ branch_outcome: 'not_attempted', branch_checked_out_at: second }])
    expect(err).toContain(`▲ branch topic is kept: it is checked out at ${second}, too`)
    expect(err).toContain(`wt remove '${second}'`)
    expect(worktreesOf(repo)).toEqual(['second one'])
    const last = await wt(repo, ['remove', 'topic'])
    expect({ code: last.code, branches: branchesOf(repo) }).toEqual({ code: 0, branches: ['main'] })
    expect(last.err).not.toContain('▲')
  })

  test('from the git directory of a worktree that goes', async () => {
    const { repo } = withTopic()
    repo.addWorktree('a', { from: 'main' })
    const { code, err } = await wt(repo, ['remove', '@', 'a'], { cwd: join(repo.dir, '.git/worktrees/repo.topic') })
    expect(code, err).toBe(0)
    expect({ branches: branchesOf(repo), worktrees: worktreesOf(repo) }).toEqual({ branches: ['main'], worktrees: [] })
  })

  test.each(['--force=false', '--no-delete-branch=1', '--dry-run=no'])(
    '%s is a usage error, and no target',
    async (word) => {
      const { repo } = withTopic()
      const { code, out, err } = await wt(repo, ['remove', 'topic', word])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(`${word.slice(0, word.indexOf('='))} takes no value`)
      expect(worktreesOf(repo)).toEqual(['repo.topic'])
    },
  )

  test('from a directory that is gone: nothing, and the hint leads out of it', async () => {
    const { repo, path } = withTopic()
    rmSync(path, { recursive: true })
    const { code, err } = await wt(repo, ['remove'], { cwd: undefined, env: { ...repo.env, PWD: path } })
    expect(code).toBe(1)
    expect(err).toContain('wt switch ^')
    expect(worktreesOf(repo)).toEqual(['repo.topic'])
    const lost = await wt(repo, ['remove'], { cwd: undefined, env: { ...repo.env, PWD: '/nowhere' } })
    expect({ code: lost.code, err: lost.err }).toEqual({ code: 1, err: expect.not.stringContaining('wt switch') })
  })

  test('none that can go: exit 1, and an empty list', async () => {
    const { repo } = withTopic()
    const { code, out } = await wt(repo, ['remove', 'nosuch', 'main', '--json'])
    expect(code).toBe(1)
    expect(removeAnswer(out)).toEqual([])
  })

  test('a dry run shows everything and changes nothing', async () => {
    const { repo, path } = withTopic()
    put(join(path, 'notes'))
    const before = readdirSync(path)
    const { code, out } = await wt(repo, ['remove', 'topic', '-f', '--dry-run', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([
      {
        kind: 'worktree',
        path,
        plan: { effects: [{ kind: 'stage-worktree', keeps: [{ path: 'notes', why: 'untracked' }] }, {}, {}] },
      },
    ])
    const text = (await wt(repo, ['remove', 'topic', '-f', '--dry-run'])).out
    expect(text).toContain(`remove the worktree at ${path}`)
    expect(text).toContain('keep notes')
    expect(readdirSync(path)).toEqual(before)
    expect(existsSync(join(repo.dir, '.git', 'wt', 'kept'))).toBe(false)
  })
})
