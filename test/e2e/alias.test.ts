import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT, wt as inProcess, withProgram } from '../support/cli.ts'
import { approvalsFile, marked, markOf, projectConfig, until, userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt, type Ended, runBuilt, startGroup } from './built.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, words: readonly string[], cwd: string = repo.dir): Promise<Ended> =>
  runBuilt(wt, words, { cwd, env: repo.env })

/** A directory of programs of a test's own. */
const program = (repo: TestRepo, name: string, body: string, directory = join(repo.base, 'bin')): string => {
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, name), `#!/bin/sh\n${body}\n`)
  chmodSync(join(directory, name), 0o755)
  return directory
}

describe('aliases', () => {
  test('run in the root of the worktree, with stdout and exit code passed through', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nhere = ["echo {{ branch }} $PWD", "echo why >&2; exit 42"]')
    mkdirSync(join(repo.dir, 'deep'))
    const { code, stdout, stderr } = await run(repo, ['here'], join(repo.dir, 'deep'))
    expect({ code, stdout, stderr }).toEqual({ code: 42, stdout: `main ${repo.dir}\n`, stderr: 'why\n' })
  })

  test('the first failure stops the rest and is named', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nup = [{ one = "exit 3" }, { two = "echo two" }]')
    const { code, stdout, stderr } = await run(repo, ['up'])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('up user:one failed (exit code 3)')
  })

  test('words bind what a template reads; everything else is handed on as it is', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, "[aliases]\nhi = \"printf '[%s]' {{ name | default('nobody') }} {{ args }}\"")
    const said = async (...words: readonly string[]) => (await run(repo, ['hi', ...words])).stdout
    expect(await said('--name=a b', 'x', '--other=1', '$(id)')).toBe('[a b][x][--other=1][$(id)]')
    expect(await said('--name', 'c', '--', '--name=d', '--help')).toBe('[c][--name=d][--help]')
    expect(await said('--args=1', '--vars=2')).toBe('[nobody][--args=1][--vars=2]')
  })

  test('-v in front shows the variables, the template and what it becomes; WT_VERBOSE too', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nhere = "echo {{ branch }}"')
    const typed = await run(repo, ['-v', 'here'])
    expect(typed).toMatchObject({ code: 0, stdout: 'main\n' })
    expect(typed.stderr).toMatch(/ {2}branch +=.* main\n/)
    expect(typed.stderr).toMatch(/template of .*\n.*echo \{\{ branch \}\}\n.*result of .*\n.*echo main\n/)
    const env = { ...repo.env, WT_VERBOSE: '1' }
    expect((await runBuilt(wt, ['here'], { cwd: repo.dir, env })).stderr).toBe(typed.stderr)
  })

  test('stdin is ours', () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\necho-back = "cat"')
    const done = spawnSync(process.execPath, [wt, 'echo-back'], { cwd: repo.dir, env: repo.env, input: 'typed\n' })
    expect(done.stdout.toString()).toBe('typed\n')
  })

  test('a switch inside takes the shell along; the older hand-off is hidden', async () => {
    const repo = makeRepo('basic')
    userConfig(
      repo,
      `[aliases]\ngo = "'${process.execPath}' '${wt}' switch -c {{ args }}; echo \${WT_DIRECTIVE_EXEC_FILE-hidden}"`,
    )
    const file = join(repo.base, 'cd')
    writeFileSync(file, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: file, WT_DIRECTIVE_EXEC_FILE: join(repo.base, 'exec') }
    const { code, stdout, stderr } = await runBuilt(wt, ['go', 'x'], { cwd: repo.dir, env })
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'hidden\n' })
    expect(readFileSync(file, 'utf8')).toBe(`${repo.dir}.x\n`)
  })

  test('never stand before a command; behind wt step they can be reached', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nlist = "echo mine"\ndiff = "echo mine"')
    expect((await run(repo, ['list'])).stdout).not.toContain('mine')
    expect((await run(repo, ['step', 'list'])).stdout).toBe('mine\n')
    expect((await run(repo, ['step', 'diff'])).stdout).not.toContain('mine')
    expect((await run(repo, ['diff'])).stdout).toBe('mine\n')
  })

  test('those of a project run after the user’s, and only when approved', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, `[aliases]\nup = "echo user >> ${marked(repo, 'ran')}"`)
    projectConfig(repo, `[aliases]\nup = "echo project >> ${marked(repo, 'ran')}"`)
    const refused = await run(repo, ['up'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('wt config approvals add')
    const declined = await inProcess(repo, ['up'], { answers: ['n'] })
    expect([declined.code, markOf(repo, 'ran'), existsSync(approvalsFile(repo))]).toEqual([0, undefined, false])
    expect((await run(repo, ['--yes', 'up'])).code).toBe(0)
    expect(markOf(repo, 'ran')).toBe('user\nproject\n')
    expect((await run(repo, ['config', 'approvals', 'add', '--yes'])).code).toBe(0)
    expect((await run(repo, ['up'])).code).toBe(0)
  })

  test('--help tells what it runs and runs nothing; wt itself lists the names', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, `[aliases]\nup = "touch ${marked(repo, 'ran')}"`)
    const { code, stdout } = await run(repo, ['up', '--help'])
    expect([code, markOf(repo, 'ran')]).toEqual([0, undefined])
    expect(stdout).toContain(`touch ${marked(repo, 'ran')}`)
    expect((await run(repo, ['--help'])).stdout).toMatch(/^ALIASES\n {2}up$/m)
    expect((await run(repo, ['step'])).stdout).toMatch(/^ALIASES\n {2}up$/m)
  })

  test('outside of a repository: said so, and no program runs instead', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nup = "echo up"')
    const env = withProgram(repo.env, program(repo, 'wt-up', 'echo program'))
    const { code, stdout, stderr } = await runBuilt(wt, ['up'], { cwd: repo.base, env })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('wt -C <path> up')
  })

  test('a SIGTERM ends what it runs, and wt dies of it', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, `[aliases]\nhang = "touch ${marked(repo, 'in')}; sleep 20; true"`)
    const { child, ended } = startGroup(wt, ['hang'], { cwd: repo.dir, env: repo.env })
    await until(() => markOf(repo, 'in') !== undefined)
    process.kill(child.pid as number, 'SIGTERM')
    expect((await ended).signal).toBe('SIGTERM')
  })
})

describe('programs', () => {
  test('get their words as they are, the directory of -C and a way to the shell; their code is ours', async () => {
    const repo = makeRepo('basic')
    const bin = program(repo, 'wt-tool', `printf '[%s]' "$PWD" "$@"; echo /there > "$WT_DIRECTIVE_CD_FILE"; exit 5`)
    const file = join(repo.base, 'cd')
    writeFileSync(file, '')
    const env = { ...withProgram(repo.env, bin), WT_DIRECTIVE_CD_FILE: file }
    const words = ['-C', repo.dir, 'tool', 'a b', '--help', '--', '-x']
    const { code, stdout } = await runBuilt(wt, words, { cwd: repo.base, env })
    expect({ code, stdout }).toEqual({ code: 5, stdout: `[${repo.dir}][a b][--help][--][-x]` })
    expect(readFileSync(file, 'utf8')).toBe('/there\n')
  })

  test('are never taken from the directory at hand, nor from elsewhere by a path', async () => {
    const repo = makeRepo('basic')
    program(repo, 'wt-evil', 'echo evil', repo.dir)
    const env = { ...repo.env, PATH: `.::${repo.env['PATH']}:${join(repo.base, 'bin')}` }
    mkdirSync(join(repo.base, 'bin', 'wt-x'), { recursive: true })
    for (const name of ['evil', 'x/../../repo/wt-evil']) {
      const { code, stdout } = await runBuilt(wt, [name], { cwd: repo.dir, env })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    }
  })
})

test('a word that is nothing: exit code 2, and what it may have been meant for', async () => {
  const repo = makeRepo('basic')
  userConfig(repo, '[aliases]\ndeploy = "echo up"')
  const hintFor = async (...words: readonly string[]): Promise<string> => {
    const { code, stderr } = await run(repo, words)
    expect(code).toBe(2)
    return stderr.split('\n')[1] ?? ''
  }
  expect(await hintFor('swich')).toContain('wt switch')
  expect(await hintFor('deplyo')).toContain('wt deploy')
  expect(await hintFor('commit')).toContain('wt step commit')
  expect(await hintFor('pre-merge')).toContain('wt hook pre-merge')
  expect(await hintFor('step', 'comit')).toContain('wt step commit')
})
