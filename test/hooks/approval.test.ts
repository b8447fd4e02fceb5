import { appendFileSync, existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { approvalsFile, marked, markOf, projectConfig, userConfig, writeApprovals } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

/** A project that would leave a mark. */
const withHook = (command?: string): TestRepo => {
  const repo = makeRepo('ahead')
  projectConfig(repo, `[pre-merge]\nmark = ${JSON.stringify(command ?? `echo project >> ${marked(repo, 'ran')}`)}\n`)
  return repo
}

const run = (repo: TestRepo, ...words: readonly string[]) => wt(repo, ['hook', 'pre-merge', ...words])
const answering = (repo: TestRepo, answers: readonly string[], ...words: readonly string[]) =>
  wt(repo, ['hook', 'pre-merge', ...words], { answers })

describe('commands of a project', () => {
  test('without a terminal: refused, with the ways to allow it', async () => {
    const repo = withHook()
    userConfig(repo, `pre-merge = "echo user >> ${marked(repo, 'ran')}"`)
    const { code, out, err } = await run(repo)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/pre-merge mark: echo project[\s\S]*wt config approvals add[\s\S]*--yes/)
    expect(markOf(repo, 'ran'), 'not even the user’s own has run').toBeUndefined()
    expect(existsSync(approvalsFile(repo))).toBe(false)
  })

  test('approved: it is shown, runs, is kept, and is not asked about again', async () => {
    const repo = withHook()
    const { code, err } = await answering(repo, ['y'])
    expect(code).toBe(0)
    expect(err).toMatch(/pre-merge mark\n.*echo project[\s\S]*\[y\/N\]/)
    expect((await run(repo)).code).toBe(0)
    expect(markOf(repo, 'ran')).toBe('project\nproject\n')
  })

  test.each(['', 'n', 'yes', 'yy'])('answered %j: only the user’s own run, nothing is kept', async (answer) => {
    const repo = withHook()
    userConfig(repo, `pre-merge = "echo user >> ${marked(repo, 'ran')}"`)
    const { code, err } = await answering(repo, [answer])
    expect(code).toBe(0)
    expect(err).toContain('the commands of the project were not run')
    expect(markOf(repo, 'ran')).toBe('user\n')
    expect(existsSync(approvalsFile(repo))).toBe(false)
  })

  test('--yes: runs, and neither reads nor keeps approvals', async () => {
    const repo = withHook()
    expect((await run(repo, '--yes')).code).toBe(0)
    expect(existsSync(approvalsFile(repo))).toBe(false)
    writeApprovals(repo, '[[[')
    expect((await run(repo, '--yes')).code).toBe(0)
    expect(readFileSync(approvalsFile(repo), 'utf8')).toBe('[[[')
    expect(await run(repo)).toMatchObject({ code: 1, err: expect.stringContaining('approvals.toml') })
    expect(markOf(repo, 'ran')).toBe('project\nproject\n')
  })

  test('an approval that can’t be kept is a warning', async () => {
    const repo = withHook()
    const path = join(repo.base, 'home/.config')
    renameSync(path, `${path}.gone`)
    appendFileSync(path, 'a file')
    const { code, err } = await answering(repo, ['y'])
    expect({ code, ran: markOf(repo, 'ran') }).toEqual({ code: 0, ran: 'project\n' })
    expect(err).toContain('could not be kept')
  })
})

describe('an approval is of the exact text', () => {
  test('an edited command is asked about again', async () => {
    const repo = withHook('true')
    await answering(repo, ['y'])
    projectConfig(repo, '[pre-merge]\nmark = "true "\n')
    expect((await run(repo)).code).toBe(1)
  })

  test('another name for it, or another hook, is not', async () => {
    const repo = withHook('true')
    await answering(repo, ['y'])
    projectConfig(repo, '[pre-merge]\nother = "true"\n[pre-commit]\nx = "true"\n')
    expect((await run(repo)).code).toBe(0)
    expect((await wt(repo, ['hook', 'pre-commit'])).code).toBe(0)
  })

  test('nor are older names of variables, either way round', async () => {
    const repo = withHook('true {{ repo_root }} {{ worktree }}')
    await answering(repo, ['y'])
    expect(readFileSync(approvalsFile(repo), 'utf8')).toContain('true {{ repo_path }} {{ worktree_path }}')
    projectConfig(repo, '[pre-merge]\nmark = "true {{ repo_path }} {{ worktree_path }}"\n')
    expect((await run(repo)).code).toBe(0)
    writeApprovals(repo, `[projects."${repo.dir}"]\napproved-commands = ["true {{ repo_root }} {{ worktree }}"]\n`)
    expect((await run(repo)).code).toBe(0)
  })
})

describe('an approval is of one project', () => {
  const remote = async (repo: TestRepo, url: string): Promise<number> => {
    repo.tryGit(['remote', 'remove', 'origin'])
    repo.git('remote', 'add', 'origin', url)
    return (await run(repo)).code
  }

  test.each([
    ['https://github.com/acme/widget.git', 'https://evil.example/x@github.com/acme/widget.git'],
    ['https://github.com/acme/widget.git', 'https://github.com.evil.example/acme/widget.git'],
    ['https://gitlab.com/group/sub/app.git', 'https://gitlab.com/group/app.git'],
    ['https://gitlab.com/group/sub/app.git', 'https://gitlab.com/group/other/app.git'],
    ['ssh://git@h:2222/o/r', 'ssh://git@h:2223/o/r'],
    ['ssh://git@[2001:db8::1]/o/r', 'ssh://git@[2001:db8::2]/o/r'],
  ])('%s is not %s', async (approved, other) => {
    const repo = withHook('true')
    repo.git('remote', 'add', 'origin', approved)
    await answering(repo, ['y'])
    expect(await remote(repo, other)).toBe(1)
    expect(await remote(repo, approved)).toBe(0)
  })

  test('two repositories of one name, without a remote', async () => {
    const [one, other] = [withHook('true'), withHook('true')]
    await answering(one, ['y'])
    writeApprovals(other, readFileSync(approvalsFile(one), 'utf8'))
    expect([(await run(one)).code, (await run(other)).code]).toEqual([0, 1])
  })
})

describe('no way around it', () => {
  test.each([['project:'], ['project:mark'], ['mark'], ['user:', 'project:'], ['--', 'x']])(
    'wt hook pre-merge %s %s',
    async (...words) => {
      const repo = withHook()
      userConfig(repo, 'pre-merge = "true"')
      expect((await run(repo, ...words)).code).toBe(1)
      expect(markOf(repo, 'ran')).toBeUndefined()
    },
  )

  test('user: needs no approval, and runs nothing of the project, whatever it is called', async () => {
    const repo = withHook()
    userConfig(repo, `[pre-merge]\nmark = "echo user >> ${marked(repo, 'ran')}"\n`)
    for (const filter of ['user:', 'user:mark']) expect((await run(repo, filter)).code).toBe(0)
    expect(markOf(repo, 'ran')).toBe('user\nuser\n')
  })

  test('a user’s own file can’t be approved into running a project’s', async () => {
    const repo = withHook()
    for (const key of ['approved-commands = ["x"]', 'projects = {}'])
      projectConfig(repo, `${key}\n[pre-merge]\nmark = "touch ${marked(repo, 'ran')}"\n`)
    expect((await run(repo)).code).toBe(1)
  })

  test('another worktree’s file has no say', async () => {
    const repo = withHook('true')
    await answering(repo, ['y'])
    const other = repo.addWorktree('feature')
    projectConfig(repo, `pre-merge = "touch ${marked(repo, 'ran')}"`, other)
    expect((await run(repo)).code).toBe(0)
    expect((await wt(repo, ['hook', 'pre-merge'], { cwd: other })).code).toBe(1)
    expect(markOf(repo, 'ran')).toBeUndefined()
  })

  test('--dry-run asks nothing and runs nothing', async () => {
    const repo = withHook()
    const { code, out } = await run(repo, '--dry-run')
    expect(code).toBe(0)
    expect(out).toContain('pre-merge project:mark would run')
    expect(markOf(repo, 'ran')).toBeUndefined()
  })
})
