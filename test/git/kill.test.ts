import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { apply } from '../../src/git/apply.ts'
import { hasReftable } from '../support/git.ts'
import { contextOf, mustPlan, planRemoval, stateOf } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branches, bundleProgram, go, type Run, start } from './apply-process.ts'

let program = ''
beforeAll(() => {
  program = bundleProgram()
})

const until = async (condition: () => boolean): Promise<void> => {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('it never came to that')
    await sleep(10)
  }
}

/** The lock files of git that lie about in a repository. */
const locks = (repo: TestRepo): readonly string[] =>
  readdirSync(join(repo.dir, '.git'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.lock'))
    .map((name) => join(repo.dir, '.git', name))

/** Holds git where the transaction is in the given state, for some seconds, and says which process it is. */
const hold = (repo: TestRepo, state: string, only = '', seconds = 60): void => {
  const tell = 'echo $PPID > ../held.new && mv ../held.new ../held'
  repo.hook('reference-transaction', `[ "$1" = ${state} ] && grep -q '${only}' && ${tell} && sleep ${seconds}; exit 0`)
}

/** Lets the program go up to where its git is held, then ends a process, or a whole group, without mercy. */
const killWhenHeld = async (repo: TestRepo, run: Run, pid: number): Promise<void> => {
  go(run)
  await until(() => existsSync(join(repo.base, 'held')))
  process.kill(pid, 'SIGKILL')
  await run.ended
}

/** The same, for the program and everything that it started, git's own group included; the hook that held it goes too. */
const killAllWhenHeld = async (repo: TestRepo): Promise<void> => {
  const run = await start(program, repo, 'topic')
  await killWhenHeld(repo, run, -(run.child.pid as number))
  process.kill(-Number(readFileSync(join(repo.base, 'held'), 'utf8')), 'SIGKILL')
  rmSync(join(repo.dir, '.git/hooks/reference-transaction'))
}

describe('kill -9', () => {
  test('before the commit: nothing changed; the lock files that git left are named, and then it is done', async () => {
    const repo = makeRepo('basic')
    const before = stateOf(repo)
    hold(repo, 'prepared', 'heads/topic')
    await killAllWhenHeld(repo)
    expect(stateOf(repo)).toBe(before)
    let lock: string | undefined
    const removed: string[] = []
    do {
      const tried = apply(contextOf(repo), await mustPlan(repo, { branch: 'topic' }))
      lock = await tried.then(
        () => undefined,
        (error: { readonly hint?: string }) => /^if no git is running there: rm '(.*)'$/.exec(error.hint ?? '')?.[1],
      )
      if (lock !== undefined) rmSync(lock)
      removed.push(...(lock === undefined ? [] : [lock]))
    } while (lock !== undefined && removed.length < 5)
    expect(removed.length).toBeGreaterThan(0)
    expect(branches(repo)).toEqual(['main'])
  })

  test.runIf(hasReftable())('before the commit, reftable: the same', async () => {
    const repo = makeRepo('basic', { refFormat: 'reftable' })
    const before = stateOf(repo)
    hold(repo, 'prepared', 'heads/topic')
    await killAllWhenHeld(repo)
    expect(stateOf(repo)).toBe(before)
    const lock = join(repo.dir, '.git/reftable/tables.list.lock')
    await expect(apply(contextOf(repo), await mustPlan(repo, { branch: 'topic' }))).rejects.toMatchObject({
      code: 'GIT_FAILED',
      hint: `if no git is running there: rm '${lock}'`,
    })
    rmSync(lock)
    await apply(contextOf(repo), await mustPlan(repo, { branch: 'topic' }))
    expect(branches(repo)).toEqual(['main'])
  })

  test('after the commit: it is done, no lock is left, and the next run works', async () => {
    const repo = makeRepo('basic')
    repo.git('branch', 'other', 'topic')
    hold(repo, 'committed', 'heads/topic')
    await killAllWhenHeld(repo)
    expect(branches(repo)).toEqual(['main', 'other'])
    expect(locks(repo)).toEqual([])
    expect(await planRemoval(repo, { branch: 'topic' })).toMatchObject({ kind: 'refusal', code: 'NO_SUCH_BRANCH' })
    await apply(contextOf(repo), await mustPlan(repo, { branch: 'other' }))
    expect(branches(repo)).toEqual(['main'])
  })

  test.each([
    ['wt alone', 1],
    ['its whole process group', -1],
  ])('of %s: its git ends by itself, all or nothing, leaves no lock, and the next run works', async (_, sign) => {
    const repo = makeRepo('basic')
    repo.git('branch', 'other', 'topic')
    hold(repo, 'prepared', '', 1)
    const run = await start(program, repo, 'other', 'topic')
    await killWhenHeld(repo, run, sign * (run.child.pid as number))
    await until(() => locks(repo).length === 0)
    rmSync(join(repo.dir, '.git/hooks/reference-transaction'))
    expect([['main'], ['main', 'other', 'topic']]).toContainEqual(branches(repo))
    const next = await planRemoval(repo, { branch: 'topic' })
    if (next.kind === 'plan') await apply(contextOf(repo), next)
    expect(branches(repo)).not.toContain('topic')
  })

  test('at any moment: the next run accepts what it finds', async () => {
    for (let delay = 0; delay <= 40; delay += 5) {
      const repo = makeRepo('ahead')
      const run = await start(program, repo, 'topic')
      go(run)
      await sleep(delay)
      if (run.child.exitCode === null) process.kill(-(run.child.pid as number), 'SIGKILL')
      await run.ended
      await until(() => locks(repo).length === 0)
      const next = await planRemoval(repo, { branch: 'topic' })
      if (next.kind === 'plan') await apply(contextOf(repo), next)
      expect(branches(repo)).toEqual(['feature', 'main'])
      expect(repo.git('fsck', '--no-progress')).toBe('')
      const directory = join(repo.dir, '.git/wt/operations')
      const records = existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith('.json')) : []
      for (const file of records) JSON.parse(readFileSync(join(directory, file), 'utf8'))
    }
  })
})
