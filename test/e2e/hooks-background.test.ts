import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { marked, markOf, pause, projectConfig, until, userConfig, withHooks } from '../support/hooks.ts'
import type { TestRepo } from '../support/repo.ts'
import { copyBuilt, type Ended, runBuilt } from './built.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, words: readonly string[]): Promise<Ended> =>
  runBuilt(wt, words, { cwd: repo.dir, env: repo.env })

describe('in the background', () => {
  const log = (repo: TestRepo, path: string): string => join(repo.dir, '.git/wt/logs', path)

  test('it outlives wt, and its output is where it is said to be', async () => {
    const repo = withHooks(
      (mark) =>
        `post-start = [{ slow = "sleep 1; echo {{ hook_name }} $WT_FOREGROUND; cat" }, "pwd; touch ${mark('done')}"]`,
    )
    const before = Date.now()
    const { code, stderr } = await run(repo, ['hook', 'post-start'])
    expect(code).toBe(0)
    expect(stderr).toContain('running post-start in the background: user:slow, user')
    expect(markOf(repo, 'done'), `after ${Date.now() - before} ms`).toBeUndefined()
    await until(() => markOf(repo, 'done') !== undefined)
    expect(readFileSync(log(repo, 'main/user/post-start/slow.log'), 'utf8')).toBe('slow -1\n')
    expect(readFileSync(log(repo, 'main/user/post-start/cmd-1.log'), 'utf8')).toBe(`${repo.dir}\n`)
  })

  test('a failure stops its own pipeline only, and one command shows it', async () => {
    const repo = withHooks((mark) => `post-start = [{ bad = "echo why; exit 5" }, "touch ${mark('after')}"]`)
    projectConfig(repo, `post-start = "sleep 0.2; touch ${marked(repo, 'project')}; echo {{ upstream }}"`)
    expect((await run(repo, ['hook', 'post-start', '--yes'])).code).toBe(0)
    const runner = log(repo, 'main/project/post-start/runner.log')
    await until(() => existsSync(runner) && readFileSync(runner, 'utf8').includes('upstream'))
    const { stdout } = await run(repo, ['hook', 'show'])
    expect(stdout).toMatch(/Failed in the background\n[\s\S]*post-start user:bad failed \(exit code 5\)[\s\S]*bad\.log/)
    expect(stdout).toMatch(/post-start project: the variable "upstream" has no value/)
    expect([markOf(repo, 'after'), markOf(repo, 'project')], 'a missing value is found before its step').toEqual([
      undefined,
      undefined,
    ])
    expect(readFileSync(log(repo, 'main/user/post-start/bad.log'), 'utf8')).toBe('why\n')
  })

  test('one that was killed counts as failed, and a later success takes the failure away', async () => {
    const repo = withHooks((mark) => `post-start = "echo $PPID > ${mark('pid')}; test -e ${mark('quick')} || sleep 20"`)
    await run(repo, ['hook', 'post-start'])
    await until(() => /\d\n/.test(markOf(repo, 'pid') ?? ''))
    process.kill(Number(markOf(repo, 'pid')), 'SIGKILL')
    await pause(100)
    expect((await run(repo, ['hook', 'show'])).stdout).toContain('it was ended before it was done')
    userConfig(repo, 'post-start = "true"')
    await run(repo, ['hook', 'post-start', '--foreground'])
    await run(repo, ['hook', 'post-start'])
    const record = log(repo, 'main/user/post-start/runner.json')
    await until(() => readFileSync(record, 'utf8').includes('"done"'))
    expect((await run(repo, ['hook', 'show'])).stdout).not.toContain('Failed')
  })

  test('no name leaves the directory of logs', async () => {
    const repo = withHooks((mark) => `[post-start]\n"../../../../../escape" = "touch ${mark('done')}"\n`)
    await run(repo, ['hook', 'post-start'])
    await until(() => markOf(repo, 'done') !== undefined)
    expect(existsSync(log(repo, 'main/user/post-start/..-..-..-..-..-escape-ie6.log'))).toBe(true)
  })

  test('--foreground waits, and goes on behind a failure', async () => {
    const repo = withHooks((mark) => `post-start = ["exit 5", "touch ${mark('after')}"]`)
    const { code, stderr } = await run(repo, ['hook', 'post-start', '--foreground'])
    expect({ code, after: markOf(repo, 'after') }).toEqual({ code: 0, after: '' })
    expect(stderr).toContain('post-start user failed (exit code 5)')
  })

  test('a directory that is removed meanwhile is left alone', async () => {
    const repo = withHooks(() => 'post-commit = ["sleep 0.5", "touch here"]')
    const path = repo.addWorktree('feature')
    await runBuilt(wt, ['hook', 'post-commit'], { cwd: path, env: repo.env })
    await pause(200)
    rmSync(path, { recursive: true })
    const record = log(repo, 'feature/user/post-commit/runner.json')
    await until(() => existsSync(record) && readFileSync(record, 'utf8').includes('"failed"'))
    expect(readFileSync(record, 'utf8')).toContain('its directory is gone')
    expect(existsSync(path)).toBe(false)
  })
})
