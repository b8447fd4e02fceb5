import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../../src/core/ids.ts'
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
  ['a staged file', 'echo new > staged; git add staged'],
  ['a commit', 'git commit -q -m more'],
  ['a stash', 'git stash -q'],
  ['a commit in another worktree', 'git -C ../repo commit -q --allow-empty -m main'],
  ['another upstream', 'git config branch.feature.merge refs/heads/main'],
  [
    'a fetch in another worktree',
    'git -C ../clone commit -q --allow-empty -m theirs; git -C ../clone push -q; git -C ../repo fetch -q',
  ],
  ['a branch renamed from elsewhere', 'git -C ../repo branch -m feature renamed'],
  ['refs packed after a change', 'git update-ref refs/heads/main HEAD; git pack-refs --all'],
  ['a checkout', 'git checkout -q -b other'],
  ['a detached checkout', 'git checkout -q --detach'],
]

const arrange = (): { readonly repo: TestRepo; readonly dir: AbsolutePath } => {
  const repo = ready('ahead')
  const dir = repo.addWorktree('feature')
  const origin = repo.publish()
  sh(repo, `git clone -q '${origin}' ../clone; git -C ../clone checkout -q main; echo x >> ../repo.feature/a.txt`)
  return { repo, dir }
}

describe.each(DRAWING)('%s', (shell) => {
  test.skipIf(!isInstalled(shell))('whatever happens: nothing old is shown, and soon what is right', async () => {
    const { repo, dir } = arrange()
    const session = openSession(shell, dir, onPath.env(repo.env))
    expect(await session.draw()).toBe('feature …')
    let before = await session.settled()
    expect(before).toBe(await expected(shell, onPath.built, dir, repo.env))
    for (const [change, script] of changes) {
      sh({ dir, env: repo.env }, script)
      expect(await session.draw(), change).toMatch(/^\w+ …$/)
      const right = await expected(shell, onPath.built, dir, repo.env)
      expect(await session.settled(), change).toBe(right)
      expect(right, `${change}: it is one that shows`).not.toBe(before)
      before = right
    }
    session.end()
  })

  test.skipIf(!isInstalled(shell))('a moment after a checkout the branch is the new one', async () => {
    const { repo, dir } = arrange()
    const session = openSession(shell, dir, onPath.env(repo.env))
    await session.settled()
    for (let turn = 0; turn < 15; turn++) {
      const branch = `b${turn}`
      sh({ dir, env: repo.env }, `git checkout -q -B ${branch} feature~${turn % 2}`)
      expect(await session.draw()).toBe(`${branch} …`)
      if (turn % 4 === 0) expect(await session.settled()).toMatch(new RegExp(`^${branch}\\b`))
    }
    sh({ dir, env: repo.env }, 'git checkout -q feature')
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
