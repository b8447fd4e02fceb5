import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { until, worktreesOf } from '../support/switching.ts'
import { copyBuilt, runBuilt, startGroup } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const go = (repo: TestRepo, words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runBuilt(wt, ['switch', ...words], { cwd: repo.dir, env: { ...repo.env, ...env } })

describe('wt switch --execute', () => {
  test('runs the program in the worktree, with literal arguments; its exit code is ours', async () => {
    const repo = makeRepo('basic')
    const script = 'pwd; printf "%s|" "$@"; exit 7'
    const words = [
      '-c',
      'a;$(b)',
      '-x',
      'sh',
      '--',
      '-c',
      script,
      '_',
      '{{ branch }}',
      "it's  {{ branch }}",
      '*',
      '',
      '-x',
    ]
    const { code, stdout, stderr } = await go(repo, words)
    expect(code, stderr).toBe(7)
    expect(stdout).toBe(`${realpathSync(`${repo.dir}.a;$(b)`)}\na;$(b)|it's  a;$(b)|*||-x|`)
  })

  test('the variables of the journey', async () => {
    const repo = makeRepo('basic')
    const names = [
      'branch',
      'worktree_path',
      'worktree_name',
      'commit',
      'repo',
      'repo_path',
      'default_branch',
      'cwd',
      'base',
      'base_worktree_path',
      'primary_worktree_path',
    ]
    const { stdout } = await go(repo, [
      '-c',
      'x/y',
      '-x',
      'printf',
      '--',
      '%s\n',
      ...names.map((name) => `{{ ${name} }}`),
    ])
    const [path, dir] = [`${repo.dir}.x-y`, repo.dir]
    const expected = ['x/y', path, 'repo.x-y', repo.oid('main'), 'repo', dir, 'main', path, 'main', dir, dir]
    expect(stdout.split('\n').slice(0, -1)).toEqual(expected)
  })

  test('what is stored for the branch, and the functions that know paths', async () => {
    const repo = makeRepo('basic')
    repo.git('config', 'wt.state.topic.vars.port', '3000')
    repo.git('config', 'wt.state.topic.vars.app', '{"name": "a b"}')
    const print = (...templates: readonly string[]) => go(repo, ['topic', '-x', 'printf', '--', '%s|', ...templates])
    const known = await print(
      '{{ vars.port }}',
      '{{ vars.app.name }}',
      '{{ vars.none | default("-") }}',
      '{{ worktree_path_of_branch("main") }}',
      '{{ expected_worktree_path_of_branch("x/y") }}',
    )
    expect(known.stdout, known.stderr).toBe(`3000|a b|-|${repo.dir}|${repo.dir}.x-y|`)
    const unknown = await print('{{ vars.none }}')
    expect({ code: unknown.code, stdout: unknown.stdout }).toEqual({ code: 1, stdout: '' })
    expect(unknown.stderr).toContain('none')
  })

  test('neither git’s nor the wrapper’s variables reach it, and the worktree stands below where the shell stood', async () => {
    const repo = makeRepo('basic')
    repo.commit('deep', { files: { 'src/deep/file': 'x\n' } })
    const file = join(repo.base, 'cd')
    writeFileSync(file, '')
    const leak = {
      WT_DIRECTIVE_CD_FILE: file,
      WT_DIRECTIVE_FILE: file,
      WT_SHELL_CWD: join(repo.dir, 'src/deep'),
      GIT_DIR: join(repo.dir, '.git'),
      GIT_WORK_TREE: repo.dir,
    }
    const { code, stdout, stderr } = await go(repo, ['-c', 'x', '-x', 'sh', '--', '-c', 'pwd; env'], leak)
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe(`${repo.dir}.x/src/deep`)
    // The shell will be there, too.
    expect(stderr).toMatch(/running sh -c 'pwd; env'$/m)
    expect(stdout).not.toMatch(/^(?:WT_DIRECTIVE|WT_SHELL_CWD|GIT_DIR|GIT_WORK_TREE)/m)
    expect(readFileSync(file, 'utf8')).toBe(`${repo.dir}.x/src/deep\n`)
  })

  test.each([
    ['is not on PATH', 'no-such-program'],
    ['is not two words', 'echo hi'],
    ['is not a directory', '/'],
  ])('a program that %s: exit 1, the worktree stays', async (_, program) => {
    const repo = makeRepo('basic')
    const { code, stderr } = await go(repo, ['-c', 'x', '-x', program])
    expect(code).toBe(1)
    expect(stderr).toContain(program)
    expect(worktreesOf(repo)).toMatchObject({ 'repo.x': 'x' })
  })

  test('a program in the worktree is not found by a relative or empty entry of PATH', async () => {
    const repo = makeRepo('basic')
    repo.commit('evil', { files: { evil: `#!/bin/sh\ntouch '${repo.base}/pwned'\n` } })
    chmodSync(join(repo.dir, 'evil'), 0o755)
    repo.git('add', 'evil')
    repo.git('commit', '-q', '-m', 'run')
    const { code } = await go(repo, ['-c', 'x', '-x', 'evil'], { PATH: `.::${repo.env['PATH']}:` })
    expect(code).toBe(1)
    expect(existsSync(join(repo.base, 'pwned'))).toBe(false)
    expect((await go(repo, ['x', '-x', './evil'])).code).toBe(0)
  })

  test.each(['{{ nosuch }}', '{{ branch', '{% if %}'])(
    'a template that can’t be expanded, %s, makes nothing',
    async (text) => {
      const repo = makeRepo('basic')
      for (const words of [
        ['-x', text],
        ['-x', 'echo', '--', text],
      ]) {
        const { code, stderr } = await go(repo, ['-c', 'x', ...words])
        expect(code).toBe(1)
        expect(stderr).toContain('--execute')
        expect(worktreesOf(repo)).toEqual({ repo: 'main' })
        expect(repo.tryGit(['rev-parse', '--verify', '-q', 'refs/heads/x']).code).toBe(1)
      }
    },
  )

  test.each(['SIGTERM', 'SIGINT'] as const)('dies by the signal that its program died of: %s', async (signal) => {
    const repo = makeRepo('basic')
    const { ended } = startGroup(wt, ['switch', 'topic', '-x', 'sh', '--', '-c', `kill -${signal.slice(3)} $$`], {
      cwd: repo.dir,
      env: repo.env,
    })
    expect((await ended).signal).toBe(signal)
  })

  test('Ctrl-C is the program’s own: one that handles it decides how it all ends', async () => {
    const repo = makeRepo('basic')
    const script = `trap 'exit 3' INT; touch ../ready; while :; do sleep 0.05; done`
    const { child, ended } = startGroup(wt, ['switch', 'topic', '-x', 'sh', '--', '-c', script], {
      cwd: repo.dir,
      env: repo.env,
    })
    await until(() => existsSync(join(repo.base, 'ready')))
    await sleep(50)
    process.kill(-(child.pid as number), 'SIGINT')
    expect(await ended).toMatchObject({ code: 3, signal: null })
  })

  test('SIGTERM to wt alone is passed on', async () => {
    const repo = makeRepo('basic')
    const script = `trap 'touch ../told; exit 0' TERM; touch ../ready; while :; do sleep 0.05; done`
    const { child, ended } = startGroup(wt, ['switch', 'topic', '-x', 'sh', '--', '-c', script], {
      cwd: repo.dir,
      env: repo.env,
    })
    await until(() => existsSync(join(repo.base, 'ready')))
    child.kill('SIGTERM')
    expect((await ended).signal).toBe('SIGTERM')
    expect(existsSync(join(repo.base, 'told'))).toBe(true)
  })

  test('stdin is the program’s', async () => {
    const repo = makeRepo('basic')
    mkdirSync(join(repo.base, 'bin'))
    const { code, stdout } = await go(repo, ['topic', '--json', '-x', 'cat'])
    expect(code).toBe(0)
    expect(stdout.split('\n')).toHaveLength(2)
  })
})
