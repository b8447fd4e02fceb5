import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { marked, markOf, preRemove, projectConfig, userConfig } from '../support/hooks.ts'
import { branchesOf, removeAnswer, withWorktrees, worktreesOf } from '../support/removing.ts'

describe('pre-remove', () => {
  test('runs at the root of each worktree that goes, and knows what it is about', async () => {
    const repo = withWorktrees('a', 'b')
    repo.git('branch', 'lone')
    preRemove(repo, `echo {{ branch }} {{ target }} {{ target_worktree_path }} $PWD >> ${marked(repo, 'ran')}`)
    const { code, err } = await wt(repo, ['remove', 'a', 'lone', 'b'])
    expect(code, err).toBe(0)
    const line = (branch: string): string => `${branch} main ${repo.dir} ${repo.dir}.${branch}\n`
    expect(markOf(repo, 'ran')).toBe(line('a') + line('b'))
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('in a detached worktree has no branch', async () => {
    const repo = withWorktrees()
    const path = repo.addWorktree('det', { from: 'main', detach: true })
    preRemove(repo, `echo {% if branch %}some{% else %}none{% endif %} > ${marked(repo, 'ran')}`)
    expect((await wt(repo, ['remove', path])).code).toBe(0)
    expect(markOf(repo, 'ran')).toBe('none\n')
    expect(existsSync(path)).toBe(false)
  })

  test('that fails keeps that worktree only, which is named; exit 1', async () => {
    const repo = withWorktrees('a', 'b', 'c')
    preRemove(repo, 'test {{ branch }} != b')
    const { code, out, err } = await wt(repo, ['remove', 'a', 'b', 'c', '--json'])
    expect(code).toBe(1)
    expect(removeAnswer(out)).toMatchObject([{ branch: 'a' }, { branch: 'c' }])
    expect(err).toContain('b is not removed: pre-remove user failed (exit code 1)')
    expect(err).toContain('--no-hooks')
    expect(worktreesOf(repo)).toEqual(['repo.b'])
  })

  test('that fails where the shell stands tells it nothing', async () => {
    const repo = withWorktrees('a')
    preRemove(repo, 'false')
    const cd = marked(repo, 'cd')
    writeFileSync(cd, '')
    const here = `${repo.dir}.a`
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: cd }
    expect((await wt({ dir: here, env }, ['remove'])).code).toBe(1)
    expect(readFileSync(cd, 'utf8')).toBe('')
    expect(existsSync(here)).toBe(true)
  })

  test('that takes the branch, or commits to it, has it kept, and that is a warning', async () => {
    const repo = withWorktrees('a', 'b')
    const second = `${repo.base}/second`
    preRemove(
      repo,
      `{% if branch == "a" %}git worktree add -qf ${second} a{% else %}echo x > x && git add x && git commit -qm x{% endif %}`,
    )
    const { code, out, err } = await wt(repo, ['remove', 'a', 'b', '--json'])
    expect(code, err).toBe(0)
    expect(removeAnswer(out)).toMatchObject([
      { branch: 'a', branch_outcome: 'retained_checked_out', branch_checked_out_at: second },
      { branch: 'b', branch_outcome: 'retained_unmerged' },
    ])
    expect(err).toMatch(/▲ branch a is kept: .*second/)
    expect(err).toContain('▲ kept: branch b')
    expect(branchesOf(repo)).toEqual(['a', 'b', 'main'])
  })

  test('that brings back a worktree which was not there: it stays, and the others go', async () => {
    const repo = withWorktrees('a', 'b')
    renameSync(`${repo.dir}.b`, `${repo.base}/away`)
    preRemove(repo, `mv ${repo.base}/away ${repo.dir}.b`)
    const { code, out, err } = await wt(repo, ['remove', 'b', 'a', '--json'])
    expect(code).toBe(1)
    expect(removeAnswer(out)).toMatchObject([{ branch: 'a', branch_outcome: 'deleted' }])
    expect(err).toContain(`${repo.dir}.b is there again`)
    expect({ worktrees: worktreesOf(repo), branches: branchesOf(repo) }).toEqual({
      worktrees: ['repo.b'],
      branches: ['b', 'main'],
    })
  })

  test('is not run with --no-hooks, nor with --no-verify, which says its name of today', async () => {
    const repo = withWorktrees('a', 'b')
    preRemove(repo, 'false')
    expect((await wt(repo, ['remove', 'a', '--no-hooks'])).code).toBe(0)
    const { code, err } = await wt(repo, ['remove', 'b', '--no-verify'])
    expect(code).toBe(0)
    expect(err).toContain('--no-hooks')
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('does not run where only a branch or an entry goes, or nothing does', async () => {
    const repo = withWorktrees('a')
    repo.git('branch', 'lone')
    preRemove(repo, `touch ${marked(repo, 'ran')}`)
    expect((await wt(repo, ['remove', 'lone'])).code).toBe(0)
    expect((await wt(repo, ['remove', 'a', '--dry-run'])).code).toBe(0)
    writeFileSync(`${repo.dir}.a/new.txt`, 'mine\n')
    expect((await wt(repo, ['remove', 'a'])).code).toBe(1)
    expect(markOf(repo, 'ran')).toBe(undefined)
  })

  test('whose configuration is broken stops the command, unless hooks are off', async () => {
    const repo = withWorktrees('a')
    projectConfig(repo, '[[[')
    const { code, err } = await wt(repo, ['remove', 'a'])
    expect(code).toBe(1)
    expect(err).toContain('wt.toml')
    expect(worktreesOf(repo)).toEqual(['repo.a'])
    expect((await wt(repo, ['remove', 'a', '--no-hooks'])).code).toBe(0)
  })
})

describe('what pre-remove does to a worktree is seen', () => {
  test('a new file, a lock: it stays, --force or not', async () => {
    const repo = withWorktrees('a', 'b')
    preRemove(repo, 'if [ {{ branch }} = a ]; then echo x > new.txt; else git worktree lock .; fi')
    expect((await wt(repo, ['remove', 'a', 'b'])).code).toBe(1)
    expect(worktreesOf(repo)).toEqual(['repo.a', 'repo.b'])
    repo.git('worktree', 'unlock', `${repo.dir}.b`)
    expect((await wt(repo, ['remove', '--force', 'b'])).code).toBe(1)
    expect(branchesOf(repo)).toEqual(['a', 'b', 'main'])
  })

  test('a commit: the worktree goes, the branch stays', async () => {
    const repo = withWorktrees('a')
    preRemove(repo, 'git commit -q --allow-empty -m more && echo x > x && git add x && git commit -q -m x')
    const { code, out } = await wt(repo, ['remove', 'a', '--json'])
    expect(code).toBe(0)
    expect(removeAnswer(out)).toMatchObject([{ kind: 'worktree', branch_outcome: 'retained_unmerged' }])
    expect(repo.oid('a')).not.toBe(repo.oid('main'))
  })
})

describe('commands of the project', () => {
  test('without an approval: nothing is touched, other complaints are told, and the ways are named', async () => {
    const repo = withWorktrees('a')
    projectConfig(repo, 'pre-remove = "true"\n')
    const { code, err } = await wt(repo, ['remove', 'nosuch', 'a'])
    expect(code).toBe(1)
    expect(err).toContain('nosuch')
    expect(err).toContain('wt config approvals add')
    expect(err).toContain('--yes')
    expect(worktreesOf(repo)).toEqual(['repo.a'])
    expect((await wt(repo, ['remove', 'a', '--yes'])).code).toBe(0)
  })

  test('are asked about once for all; a no leaves them out', async () => {
    const repo = withWorktrees('a', 'b')
    projectConfig(repo, `pre-remove = "touch ${marked(repo, 'ran')}"\n`)
    const { code, err } = await wt(repo, ['remove', 'a', 'b'], { answers: ['n'] })
    expect(code, err).toBe(0)
    expect(err).toContain('were not run')
    expect(markOf(repo, 'ran')).toBe(undefined)
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('are read from where wt was started, and stay as they were then', async () => {
    const repo = withWorktrees('a', 'b')
    projectConfig(repo, 'pre-remove = "false"\n', `${repo.dir}.a`)
    const ran = marked(repo, 'ran')
    userConfig(repo, `pre-remove = "echo {{ branch }} >> ${ran}; echo [[[ > $HOME/.config/wt/config.toml"\n`)
    repo.write('.git/info/exclude', '.config\n')
    const { code, err } = await wt(repo, ['remove', 'a', 'b'])
    expect(code, err).toBe(0)
    expect(markOf(repo, 'ran')).toBe('a\nb\n')
  })
})
