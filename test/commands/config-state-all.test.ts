import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listJson, wt } from '../support/cli.ts'
import { codeOf, configOf, state } from '../support/config-state.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

test('the default branch: found and kept, set, cleared', async () => {
  const repo = makeRepo('basic')
  expect(await state(repo, ['default-branch'])).toBe('main\n')
  expect(repo.git('config', 'wt.default-branch')).toBe('main')
  const { err } = await wt(repo, ['config', 'state', 'default-branch', 'set', 'nowhere'])
  expect(err).toContain('there is no local branch nowhere')
  expect(await state(repo, ['default-branch', 'get', '--json'])).toBe('{\n  "default_branch": "nowhere"\n}\n')
  await state(repo, ['default-branch', 'clear'])
  await state(repo, ['default-branch', 'clear'])
  expect(repo.tryGit(['config', 'wt.default-branch']).code).toBe(1)
  repo.git('branch', '-m', 'main', 'odd')
  repo.git('branch', 'even')
  expect(await codeOf(repo, ['default-branch'])).toBe(1)
})

test('the previous branch and the hints', async () => {
  const repo = makeRepo('basic')
  repo.git('config', 'wt.history', 'x')
  repo.git('config', 'wt.history-path', '/gone')
  repo.git('config', 'wt.hints.worktree-path', '2')
  repo.git('config', 'wt.hints.other', '1')
  await state(repo, ['previous-branch', 'set', 'topic'])
  expect(await state(repo, ['previous-branch'])).toBe('topic\n')
  expect(repo.tryGit(['config', 'wt.history-path']).code).toBe(1)
  expect(JSON.parse(await state(repo, ['hints', '--json']))).toEqual(['worktree-path', 'other'])
  await state(repo, ['hints', 'clear', 'other'])
  expect(await state(repo, ['hints'])).toBe('worktree-path\n')
  await state(repo, ['previous-branch', 'clear'])
  expect(await state(repo, ['previous-branch'])).toBe('\n')
})

/** Something of every kind. */
const full = async (): Promise<TestRepo> => {
  const repo = makeRepo('basic')
  const put = (path: string): void => {
    const file = join(repo.dir, '.git', 'wt', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'text\n')
    utimesSync(file, 1000, 1000)
  }
  repo.git('branch', 'f/x')
  for (const file of ['commands.jsonl', 'commands.jsonl.old', 'trace.log', 'internal-trash-sweep.log'])
    put(`logs/${file}`)
  put('logs/main/user/post-start/serve.log')
  put('logs/gone/internal/remove.log')
  put('trash/topic-12/file.txt')
  put('trash/owed-13/file.txt')
  put('kept/owed-13/manifest.json')
  put('operations/1.json')
  repo.git('update-ref', 'refs/wt-backup/main', 'main')
  await listJson(repo, ['--branches'])
  for (const words of [
    ['marker', 'set', 'm'],
    ['vars', 'set', 'k=v'],
  ])
    await state(repo, words)
  repo.git('config', 'wt.history', 'topic')
  repo.git('config', 'wt.hints.a', '1')
  return repo
}

describe('logs, cache, everything', () => {
  test('logs, with the branches that write them', async () => {
    const repo = await full()
    shell(
      repo,
      'mkdir -p .git/wt/logs/f-x-nothash/user/pre-start; echo > .git/wt/logs/f-x-nothash/user/pre-start/a.log',
    )
    const logs = JSON.parse(await state(repo, ['logs', '--json']))
    const text = (file: string) => ({ file, path: join(repo.dir, '.git/wt/logs', file), size: 5, modified_at: 1000 })
    expect(logs).toMatchObject({
      command_log: [text('commands.jsonl'), text('commands.jsonl.old')],
      hook_output: [
        { file: 'f-x-nothash/user/pre-start/a.log', branch: null, source: 'user', hook_type: 'pre-start', name: 'a' },
        { ...text('gone/internal/remove.log'), branch: null, source: 'internal', hook_type: null, name: 'remove' },
        {
          ...text('main/user/post-start/serve.log'),
          branch: 'main',
          source: 'user',
          hook_type: 'post-start',
          name: 'serve',
        },
      ],
      diagnostic: [text('internal-trash-sweep.log'), text('trace.log')],
    })
    expect(await state(repo, ['logs'])).toContain('main/user/post-start/serve.log')
    await state(repo, ['logs', 'clear'])
    expect(existsSync(join(repo.dir, '.git/wt/logs'))).toBe(false)
    expect(await state(repo, ['marker'])).toBe('m\n')
  })

  test('clearing the cache leaves what can’t be found again', async () => {
    const repo = await full()
    expect(JSON.parse(await state(repo, ['cache', '--json']))).toMatchObject({
      previous_branch: 'topic',
      git_commands_cache: expect.any(Number),
      hints: ['a'],
    })
    await state(repo, ['cache', 'clear'])
    expect(JSON.parse(await state(repo, ['get', '--json']))).toMatchObject({
      default_branch: 'main',
      previous_branch: null,
      git_commands_cache: 0,
      hints: [],
      markers: [{ branch: 'main', marker: 'm' }],
      vars: [{ branch: 'main', key: 'k', value: 'v' }],
    })
  })

  test('clearing all of it asks, and leaves backups, the journal and what the trash owes', async () => {
    const repo = await full()
    const before = configOf(repo)
    for (const input of ['', 'n\n', '?\nno\n']) {
      const { code, err } = await wt(repo, ['config', 'state', 'clear'], { input })
      expect([code, err]).toEqual([0, expect.stringContaining('nothing was cleared')])
      if (input.startsWith('?')) expect(err).toContain('1 marker: main')
    }
    expect(await state(repo, ['clear', '--dry-run'])).toContain('1 variable: k of main')
    expect(configOf(repo)).toBe(before)
    expect((await wt(repo, ['config', 'state', 'clear'], { input: '?\ny\n' })).err).toContain('still in the trash')
    expect(configOf(repo)).not.toContain('wt')
    expect(shell(repo, 'ls .git/wt .git/wt/trash').split(/\s+/)).toEqual(
      expect.arrayContaining(['kept', 'operations', 'trash', 'owed-13']),
    )
    expect(existsSync(join(repo.dir, '.git/wt/trash/topic-12'))).toBe(false)
    expect(repo.oid('refs/wt-backup/main')).toBe(repo.oid('main'))
    expect((await wt(repo, ['config', 'state', 'clear', '--yes'])).err).toContain('the trash')
  })

  test('a default branch that the remote does not share is told, not followed', async () => {
    const repo = makeRepo('basic')
    repo.publish()
    repo.git('remote', 'set-head', 'origin', 'main')
    repo.git('config', 'wt.default-branch', 'topic')
    const { out, err } = await wt(repo, ['config', 'state', 'get'])
    expect([out, err]).toEqual([
      expect.stringContaining('DEFAULT BRANCH\n  topic\n'),
      expect.stringContaining('names main'),
    ])
    expect(JSON.parse(await state(repo, ['--json']))).toMatchObject({
      default_branch: 'topic',
      remote_head_branch: 'main',
    })
  })
})
