import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasReftable } from '../../support/git.ts'
import { ready } from '../../support/graceful.ts'
import { makeRepo, type TestRepo } from '../../support/repo.ts'
import { shell as sh } from '../../support/shell.ts'
import { DRAWING, type DrawingShell, isInstalled, openSession, type WtOnPath, wtOnPath } from './session.ts'

let onPath: WtOnPath
beforeAll(() => {
  onPath = wtOnPath()
})

/** The segment of a directory at once, and when it has settled. */
const segments = async (
  shell: DrawingShell,
  repo: TestRepo,
  cwd: string,
): Promise<{ readonly first: string; readonly then: string }> => {
  const session = openSession(shell, cwd, onPath.env(repo.env))
  const first = await session.draw()
  const then = await session.settled()
  session.end()
  return { first, then }
}

const git = (repo: TestRepo, dir: string, script: string): string => sh({ dir: dir as never, env: repo.env }, script)

describe.each(DRAWING)('%s', (shell) => {
  test.skipIf(!isInstalled(shell))(
    'a link that leads elsewhere by now, a repository that is made and goes',
    async () => {
      const repo = ready('ahead')
      const one = repo.addWorktree('feature')
      const other = repo.addWorktree('topic')
      const link = join(repo.base, 'link')
      symlinkSync(one, link)
      const session = openSession(shell, link, onPath.env({ ...repo.env, PWD: link }))
      expect(await session.settled()).toMatch(/^feature\b/)
      rmSync(link)
      symlinkSync(other, link)
      await session.run(`cd /; cd ${link}`)
      expect(await session.draw()).toMatch(/^topic\b/)
      const plain = join(repo.base, 'plain')
      mkdirSync(plain)
      await session.run(`cd '${plain}'`)
      expect(await session.draw()).toBe('')
      git(repo, plain, 'git init -q -b new; touch a; git add a')
      expect(await session.draw()).toBe('new …')
      renameSync(join(plain, '.git'), join(plain, 'elsewhere'))
      expect(await session.draw()).toBe('')
      session.end()
    },
  )

  test.skipIf(!isInstalled(shell))('a line that somebody else wrote is not believed, nor shown', async () => {
    const repo = ready('ahead')
    const file = join(repo.dir, '.git', 'wt-prompt')
    const head = 'ref: refs/heads/main'
    const born = Math.floor(Date.now() / 1000)
    const bad = [
      `${head}\x1f${born}\x1f\x1fmain \x1b]0;title\x07`,
      `${head}\x1f${born}\x1f\x1f\x1e31m\x1b[2J\x1dmain`,
      `${head}\x1fa[$(touch pwned)]\x1f\x1fmain`,
      `${head}\x1f08\x1f\x1fmain`,
      `${head}\x1f${born}`,
      `ref: refs/heads/other\x1f${born}\x1f\x1fother`,
      '\x1f\x1f\x1f',
      '',
    ]
    for (const text of bad) {
      writeFileSync(file, text)
      const { first, then } = await segments(shell, repo, repo.dir)
      expect(first).toBe('main …')
      expect(then).toMatch(/^main {2}\^/)
    }
    expect(git(repo, repo.base, 'find . -name pwned')).toBe('')
    writeFileSync(join(repo.dir, '.git', 'HEAD'), 'ref: refs/heads/\x1b]0;title\x07x\n')
    expect((await segments(shell, repo, repo.dir)).first).toBe('?]0;title?x …')
  })

  test.skipIf(!isInstalled(shell) || !hasReftable())('reftable: no branch before it is known', async () => {
    const repo = makeRepo('ahead', { refFormat: 'reftable' })
    repo.git('config', 'wt.default-branch', 'main')
    const dir = repo.addWorktree('feature')
    for (const [place, branch] of [
      [repo.dir, 'main'],
      [dir, 'feature'],
    ] as const) {
      const session = openSession(shell, place, onPath.env(repo.env))
      expect(await session.draw()).toBe('…')
      expect(await session.settled()).toMatch(new RegExp(`^${branch}\\b`))
      git(repo, place, `git checkout -q -b new-${branch}`)
      expect(await session.draw()).toBe('…')
      expect(await session.settled()).toMatch(new RegExp(`^new-${branch}\\b`))
      session.end()
    }
  })
})
