import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { markOf, withHooks } from '../support/hooks.ts'
import type { TestRepo } from '../support/repo.ts'
import { copyBuilt, type Ended, runBuilt } from './built.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, words: readonly string[]): Promise<Ended> =>
  runBuilt(wt, words, { cwd: repo.dir, env: repo.env })

/** Runs `wt` with something on its standard input. */
const typed = (repo: TestRepo, words: readonly string[], input: string): Promise<number | null> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [wt, ...words], {
      cwd: repo.dir,
      env: repo.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.on('close', resolve)
    child.stdin.end(input)
  })

describe('in the foreground', () => {
  test('steps run in order, the first failure stops them, and its code is ours', async () => {
    const repo = withHooks(
      (mark) =>
        `pre-merge = [{ one = "echo 1 >> ${mark('o')}" }, { two = "exit 7" }, { three = "echo 3 >> ${mark('o')}" }]`,
    )
    const { code, stderr, stdout } = await run(repo, ['hook', 'pre-merge'])
    expect({ code, stdout, ran: markOf(repo, 'o') }).toEqual({ code: 7, stdout: '', ran: '1\n' })
    expect(stderr).toContain('pre-merge user:two failed (exit code 7)')
  })

  test('-v shows what a template is given, also where that is not enough', async () => {
    const repo = withHooks(() => `pre-merge = ["echo {{ branch }}", "echo {{ upstream }}"]`)
    const { code, stderr } = await run(repo, ['-v', 'hook', 'pre-merge'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/variables of pre-merge user\n(?: {2}.*\n)* {2}branch +=/)
    expect(stderr).toMatch(/ {2}upstream +=.*unset/)
    expect(stderr).toContain('template of pre-merge user')
    expect((await run(repo, ['hook', 'pre-merge'])).stderr).not.toContain('variables of')
  })

  test('a syntax error in a later step stops before the first; a missing value at its step', async () => {
    const broken = withHooks((mark) => `pre-merge = ["touch ${mark('o')}", "echo {{ branch"]`)
    expect(await run(broken, ['hook', 'pre-merge'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('syntax error'),
    })
    expect(markOf(broken, 'o')).toBeUndefined()
    const missing = withHooks((mark) => `pre-merge = ["touch ${mark('o')}", "echo {{ upstream }}"]`)
    expect(await run(missing, ['hook', 'pre-merge'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('"upstream"'),
    })
    expect(markOf(missing, 'o')).toBe('')
  })

  test('one alone has our input; several side by side read nothing and run to their ends', async () => {
    const repo = withHooks(
      (mark) =>
        `pre-merge = ["cat > ${mark('alone')}", { a = "cat > ${mark('a')}; exit 3", b = "sleep 0.3; cat > ${mark('b')}; echo end >> ${mark('b')}" }]`,
    )
    expect(await typed(repo, ['hook', 'pre-merge'], 'typed by the user\n')).toBe(3)
    expect(['alone', 'a', 'b'].map((name) => markOf(repo, name))).toEqual(['typed by the user\n', '', 'end\n'])
  })

  test('output is on stderr, and that of several has their names', async () => {
    const repo = withHooks(() => 'pre-merge = [{ a = "echo one", longer = "echo two >&2" }, "echo three"]')
    const { stdout, stderr } = await run(repo, ['hook', 'pre-merge'])
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^a {6}│ one$/m)
    expect(stderr).toMatch(/^longer │ two$/m)
    expect(stderr).toMatch(/^three$/m)
  })

  test('in the worktree’s root, without what would tie git to another repository', async () => {
    const repo = withHooks(
      (mark) => `pre-merge = "{ pwd; env | grep -E '^(GIT_DIR|GIT_INDEX_FILE|WT_)'; } > ${mark('seen')}; true"`,
    )
    const env = {
      ...repo.env,
      ...{ GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere', WT_DIRECTIVE_FILE: '/x', WT_DIRECTIVE_EXEC_FILE: '/x' },
      WT_DIRECTIVE_CD_FILE: '/cd',
    }
    const inner = repo.base
    await runBuilt(wt, ['-C', repo.dir, 'hook', 'pre-merge'], { cwd: inner, env })
    expect(markOf(repo, 'seen')?.split('\n').sort()).toEqual(
      ['', repo.dir, 'WT_DIRECTIVE_CD_FILE=/cd', `WT_SHELL_CWD=${inner}`].sort(),
    )
  })

  test('what one step stores, the next one sees', async () => {
    const repo = withHooks(
      (mark) => `pre-merge = ["git config wt.state.main.vars.port 4711", "echo {{ vars.port }} > ${mark('port')}"]`,
    )
    expect((await run(repo, ['hook', 'pre-merge'])).code).toBe(0)
    expect(markOf(repo, 'port')).toBe('4711\n')
  })

  test('a branch’s name is a name to the shell', async () => {
    const repo = withHooks((mark) => `pre-merge = "printf %s {{ branch }} > ${mark('got')}"`)
    const name = 'a;touch$' + "{IFS}pwned;it's"
    repo.git('checkout', '-q', '-b', name)
    expect((await run(repo, ['hook', 'pre-merge'])).code).toBe(0)
    expect([markOf(repo, 'got'), existsSync(join(repo.dir, 'pwned'))]).toEqual([name, false])
  })

  test('each command is in the log', async () => {
    const repo = withHooks(() => 'pre-merge = { a = "exit 4" }')
    await run(repo, ['hook', 'pre-merge'])
    const [line = '', ...rest] = readFileSync(join(repo.dir, '.git/wt/logs/commands.jsonl'), 'utf8').trim().split('\n')
    expect(rest).toEqual([])
    expect(JSON.parse(line)).toEqual({
      ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      wt: 'wt hook pre-merge',
      label: 'pre-merge user:a',
      cmd: 'exit 4',
      exit: 4,
      dur_ms: expect.any(Number),
    })
  })
})
