import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ready } from '../../support/graceful.ts'
import type { TestRepo } from '../../support/repo.ts'
import { shell as sh } from '../../support/shell.ts'
import { DRAWING, expected, isInstalled, openSession, until, type WtOnPath, wtOnPath } from './session.ts'

let onPath: WtOnPath
beforeAll(() => {
  onPath = wtOnPath()
})

/** What somebody else does while a prompt stands in the worktree of `feature`. */
const changes: readonly (readonly [string, string])[] = [
  ['a commit', 'git commit -q --allow-empty -m more'],
  ['a staged file', 'echo new > staged; git add staged'],
  ['a checkout', 'git checkout -q -b other'],
  ['a detached checkout', 'git checkout -q --detach'],
  ['a stash', 'git stash -q'],
  ['a branch renamed from elsewhere', 'git -C ../repo branch -m feature renamed'],
  ['a commit in another worktree', 'git -C ../repo commit -q --allow-empty -m main'],
  ['a fetch', 'git -C ../clone commit -q --allow-empty -m theirs; git -C ../clone push -q; git -C ../repo fetch -q'],
  ['refs packed after a change', 'git update-ref refs/heads/main feature; git pack-refs --all'],
  ['another upstream', 'git config branch.feature.merge refs/heads/main'],
]

const arrange = (): { readonly repo: TestRepo; readonly dir: string } => {
  const repo = ready('ahead')
  const dir = repo.addWorktree('feature')
  const origin = repo.publish()
  sh(repo, `git clone -q '${origin}' ../clone; git -C ../clone checkout -q feature; echo x >> ../repo.feature/a.txt`)
  return { repo, dir }
}

describe.each(DRAWING)('%s', (shell) => {
  test.skipIf(!isInstalled(shell)).each(changes)('%s', async (_, script) => {
    const { repo, dir } = arrange()
    const env = onPath.env(repo.env)
    const session = openSession(shell, dir, env)
    expect(await session.draw()).toBe('feature …')
    const before = await session.settled()
    expect(before).toBe(await expected(shell, onPath.built, dir, repo.env))
    sh({ dir: dir as never, env: repo.env }, script)
    // Nothing old is shown, not even once.
    const after = await session.draw()
    expect(after).toMatch(/^[\w]+ …$/)
    const right = await expected(shell, onPath.built, dir, repo.env)
    expect(await session.settled()).toBe(right)
    expect(right, 'the change is one that shows').not.toBe(before)
    session.end()
  })

  test.skipIf(!isInstalled(shell))('a moment after a checkout the branch is the new one', async () => {
    const { repo, dir } = arrange()
    const session = openSession(shell, dir, onPath.env(repo.env))
    await session.settled()
    for (let turn = 0; turn < 15; turn++) {
      const branch = `b${turn}`
      sh({ dir: dir as never, env: repo.env }, `git checkout -q -B ${branch} feature~${turn % 2}`)
      expect(await session.draw()).toBe(`${branch} …`)
      if (turn % 4 === 0) expect(await session.settled()).toMatch(new RegExp(`^${branch}\\b`))
    }
    sh({ dir: dir as never, env: repo.env }, 'git checkout -q feature')
    expect(await session.draw()).toMatch(/^feature\b/)
    session.end()
  })

  test.skipIf(!isInstalled(shell))('what no file of git’s tells is seen when the line is old', async () => {
    const { repo, dir } = arrange()
    const session = openSession(shell, dir, onPath.env(repo.env), 1)
    const before = await session.settled()
    writeFileSync(join(dir, 'README.md'), 'changed\n')
    const right = await expected(shell, onPath.built, dir, repo.env)
    expect(right).not.toBe(before)
    expect(await until(session.draw, (text) => text === right)).toBe(right)
    session.end()
  })
})
