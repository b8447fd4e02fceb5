import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { answerChecker } from '../support/schema.ts'
import { shell } from '../support/shell.ts'
import { copyBuilt, type Ended, runBuilt, startBuilt } from './built.ts'

const check = answerChecker('step-for-each')

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

interface Outcome {
  readonly branch: string | null
  readonly path: string
  readonly exit_code: number | null
  readonly success: boolean
  readonly error?: string
}

const run = (repo: TestRepo, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runBuilt(wt, ['step', 'for-each', ...words], { cwd: repo.dir, env: { ...repo.env, ...env } })

const outcomesOf = ({ stdout }: Ended): readonly Outcome[] => check(stdout) as readonly Outcome[]

/** Main, `topic`, a detached worktree, and one whose directory is gone. */
const setUp = (): TestRepo => {
  const repo = makeRepo('basic')
  repo.addWorktree('topic')
  repo.addWorktree('detached', { from: 'main', detach: true })
  rmSync(repo.addWorktree('gone', { from: 'main' }), { recursive: true })
  return repo
}

describe('wt step for-each', () => {
  test('goes through the worktrees that are there, in the order of the list; words are never read by a shell', async () => {
    const repo = setUp()
    const words = ['printf', '%s|', '{{ worktree_name }}', 'a  b', '$HOME', "it's"]
    const { code, stdout, stderr } = await run(repo, ['--', ...words])
    expect(code, stderr).toBe(0)
    expect(stdout).toBe('')
    const lines = stderr.split('\n').filter((line) => line.includes('|'))
    expect(lines.map((line) => line.replace(/\|[^|]*$/, ''))).toEqual(
      ['repo', 'repo.detached', 'repo.topic'].map((name) => `${name}|a  b|$HOME|it's`),
    )
  })

  test('goes the way of git worktree list, wherever it starts and whatever is newest', async () => {
    const repo = makeRepo('basic')
    const first = repo.addWorktree('a', { from: 'main' })
    const last = repo.addWorktree('z', { from: 'main' })
    repo.commit('newest', { dir: last })
    const { stdout } = await runBuilt(wt, ['step', 'for-each', '--json', '--', 'true'], { cwd: last, env: repo.env })
    expect((check(stdout) as readonly Outcome[]).map(({ path }) => path)).toEqual([repo.dir, first, last])
  })

  test('hands the variables over as one JSON object, and nothing that would tie a program to another repository', async () => {
    const repo = setUp()
    repo.git('config', 'wt.state.topic.vars.port', '3000')
    const script = 'read -r line; printf "%s" "$line" > seen; env > env; pwd > pwd'
    const leaked = { GIT_DIR: join(repo.dir, '.git'), GIT_INDEX_FILE: 'x', WT_DIRECTIVE_CD_FILE: 'x' }
    expect((await run(repo, ['--', 'sh', '-c', script], leaked)).code).toBe(0)
    const dir = `${repo.dir}.topic`
    const seen = JSON.parse(readFileSync(join(dir, 'seen'), 'utf8')) as object
    expect(seen).toMatchObject({ branch: 'topic', cwd: dir, worktree_path: dir, repo: 'repo', vars: { port: '3000' } })
    expect(JSON.parse(readFileSync(join(`${repo.dir}.detached`, 'seen'), 'utf8'))).not.toHaveProperty('branch')
    expect(readFileSync(join(dir, 'pwd'), 'utf8').trim()).toBe(dir)
    expect(readFileSync(join(dir, 'env'), 'utf8')).not.toMatch(/^(?:GIT_DIR|GIT_INDEX_FILE|WT_DIRECTIVE_CD_FILE)=/m)
  })

  test('goes on after a failure, and says where', async () => {
    const repo = setUp()
    const ended = await run(repo, ['--json', '--', 'sh', '-c', 'test {{ worktree_name }} = repo || exit 3'])
    expect(ended.code).toBe(1)
    expect(outcomesOf(ended)).toMatchObject([
      { branch: 'main', path: repo.dir, exit_code: 0, success: true },
      { branch: null, exit_code: 3, success: false, error: 'exit code 3' },
      { branch: 'topic', exit_code: 3 },
    ])
    const missing = await run(repo, ['--format=json', '--', 'no-such-program'])
    expect(missing.code).toBe(1)
    expect(outcomesOf(missing).map((outcome) => outcome.exit_code)).toEqual([null, null, null])
  })

  test('a template that has no value somewhere stops it before anything has run', async () => {
    const repo = setUp()
    const { code, stdout, stderr } = await run(repo, ['--json', '--', 'touch', 'here-{{ branch }}'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('branch')
    expect(existsSync(join(repo.dir, 'here-main'))).toBe(false)
  })

  test('the variables are those of the moment', async () => {
    const repo = setUp()
    const script = 'git -C {{ repo_path }} update-ref refs/heads/topic main; echo {{ commit }} > seen'
    repo.git('-C', `${repo.dir}.topic`, 'switch', '-q', 'topic')
    expect((await run(repo, ['--', 'sh', '-c', script])).code).toBe(0)
    expect(readFileSync(`${repo.dir}.topic/seen`, 'utf8').trim()).toBe(repo.oid('main'))
  })

  test('paths of any bytes, as directory and as word', async () => {
    const repo = makeRepo('basic')
    shell(
      repo,
      `git worktree add -q --detach $'../bad\\xff'; mkdir $'../n\\nl'; git worktree add -q --detach $'../n\\nl/w'`,
    )
    const { code, stderr } = await run(repo, ['--', 'sh', '-c', 'printf %s "$1" > seen', 'sh', '{{ worktree_path }}'])
    expect(code, stderr).toBe(0)
    expect(
      shell(
        repo,
        `for d in $'../bad\\xff' $'../n\\nl/w'; do test "$(cat "$d/seen")" = "$(cd "$d" && pwd)" && echo ok; done`,
      ),
    ).toBe('ok\nok\n')
  })

  test('a program that a signal has ended stops the loop; what was done is told, then wt dies by it', async () => {
    const repo = setUp()
    const ended = await run(repo, ['--json', '--', 'sh', '-c', 'touch ran; kill -TERM $$'])
    expect(ended.signal).toBe('SIGTERM')
    expect(outcomesOf(ended)).toMatchObject([{ branch: 'main', exit_code: 143, success: false }])
    expect(existsSync(`${repo.dir}.topic/ran`)).toBe(false)
    expect((await run(repo, ['--', 'sh', '-c', 'exit 130'])).code, 'a plain status').toBe(1)
  })

  test('SIGTERM is passed on; after the program has ended in its own way nothing more runs', async () => {
    const repo = setUp()
    const script = 'trap "echo bye > left; exit 0" TERM; touch ready; while :; do sleep 0.05; done'
    const { child, ended } = startBuilt(wt, ['step', 'for-each', '--json', '--', 'sh', '-c', script], {
      cwd: repo.dir,
      env: repo.env,
    })
    while (!existsSync(join(repo.dir, 'ready'))) await new Promise((resolve) => setTimeout(resolve, 10))
    child.kill('SIGTERM')
    const { signal, stdout } = await ended
    expect(signal).toBe('SIGTERM')
    expect(readFileSync(join(repo.dir, 'left'), 'utf8')).toBe('bye\n')
    expect(check(stdout)).toHaveLength(1)
    expect(existsSync(`${repo.dir}.topic/ready`)).toBe(false)
  })
})

describe('the command line', () => {
  test.each([[[]], [['--']], [['echo', 'x']], [['--', '']]])('%j is a usage error', async (words) => {
    expect((await run(makeRepo('basic'), words)).code).toBe(2)
  })
})
