import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasReftable } from '../../support/git.ts'
import { ready } from '../../support/graceful.ts'
import { makeRepo, type TestRepo } from '../../support/repo.ts'
import { shell as sh } from '../../support/shell.ts'
import { DRAWING, type DrawingShell, expected, isInstalled, openSession, type WtOnPath, wtOnPath } from './session.ts'

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

/** Goes where the file `there` says, whatever is in its name. */
const GO = {
  bash: 'IFS= read -r -d \'\' place < there; cd "$place"',
  zsh: 'IFS= read -r -d \'\' place < there; cd "$place"',
  fish: 'read -z place < there; cd $place',
} as const

/** Repositories in a state, and what is shown at once. */
const states: readonly (readonly [string, string, RegExp])[] = [
  ['a nested directory', 'mkdir -p a/b; cd a/b', /^main …$/],
  ['a linked worktree', 'git worktree add -q ../w feature; cd ../w', /^feature …$/],
  ['deep in a linked worktree', 'git worktree add -q ../w feature; mkdir -p ../w/x/y; cd ../w/x/y', /^feature …$/],
  [
    'a worktree with relative pointers',
    `git worktree add -q ../w feature; cd ../w; echo gitdir: ../repo/.git/worktrees/w > .git`,
    /^feature …$/,
  ],
  ['a detached HEAD', 'git checkout -q --detach', /^[0-9a-f]{7} …$/],
  ['an unborn branch', 'git checkout -q --orphan fresh', /^fresh …$/],
  ['a conflicting merge', 'git merge -q feature || true', /^main …$/],
  ['a rebase', 'git checkout -q feature; git rebase -q main || true', /^[0-9a-f]{7} …$/],
  ['a bisection', 'git bisect start main main~1', /^(main|[0-9a-f]{7}) …$/],
  ['a directory that is reached by a link', 'mkdir sub; ln -s "$PWD/sub" ../link; cd ../link', /^main …$/],
  [
    'a link into a worktree from within another repository',
    'git init -q ../outer; ln -s "$PWD" ../outer/link; cd ../outer/link',
    /^main …$/,
  ],
  [
    'a submodule',
    'git clone -q . ../child; git -C ../child checkout -q -b inner; git submodule --quiet add ../child sub; cd sub',
    /^inner …$/,
  ],
  [
    'a path with all that shells expand',
    `mkdir -p '../$(touch pwned) "q" '"'"'s'"'"' %~ \\w'; git worktree add -q '../$(touch pwned) "q" '"'"'s'"'"' %~ \\w/x' feature; cd '../$(touch pwned) "q" '"'"'s'"'"' %~ \\w/x'`,
    /^feature …$/,
  ],
  [
    'a path with line breaks',
    `cd ..; mkdir $'a\\nb\\n'; mv repo $'a\\nb\\n/r'; cd $'a\\nb\\n/r'; git worktree add -q ../w feature; cd ../w`,
    /^feature …$/,
  ],
  [
    'a path that is not UTF-8',
    `mkdir $'../\\xff\\xfe'; git worktree add -q $'../\\xff\\xfe/w' feature; cd $'../\\xff\\xfe/w'`,
    /^feature …$/,
  ],
  [
    'the root of a bare layout',
    'cd ..; git clone -q --bare repo project/.git; cd project; git worktree add -q main',
    /^$/,
  ],
  [
    'a worktree of a bare layout',
    'cd ..; git clone -q --bare repo project/.git; cd project; git worktree add -q main; cd main',
    /^main …$/,
  ],
]

/** Places that have nothing to show, now or later. */
const nowhere: readonly (readonly [string, string])[] = [
  ['outside of any repository', 'cd ..'],
  ['the root', 'cd /'],
  ['a git directory', 'cd .git'],
  ['a worktree’s git directory', 'git worktree add -q ../w feature; cd .git/worktrees/w'],
  ['a bare repository', 'git clone -q --bare . ../b.git; cd ../b.git'],
  ['a bare repository within another', 'git clone -q --bare . b.git; cd b.git'],
  ['a directory that is gone', 'mkdir gone; cd gone; rmdir ../gone'],
  ['a worktree whose repository is gone', 'git worktree add -q ../w feature; cd ../w; mv ../repo ../moved'],
  ['a .git file that says nothing', 'mkdir w; echo nonsense > w/.git; cd w'],
  ['a .git directory without a HEAD', 'mkdir -p w/.git; cd w'],
  ['a HEAD that is a directory', 'rm .git/HEAD; mkdir .git/HEAD'],
  ['a HEAD that is a pipe', 'rm .git/HEAD; mkfifo .git/HEAD'],
]

describe.each(DRAWING)('%s', (shell) => {
  test.skipIf(!isInstalled(shell)).each(states)('%s', async (_, script, first) => {
    const repo = ready('conflicting')
    const env = onPath.env({
      ...repo.env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'protocol.file.allow',
      GIT_CONFIG_VALUE_0: 'always',
    })
    // Not every name can be handed on as text.
    sh(
      { dir: repo.dir, env },
      `${script}
printf %s "$PWD" > '${repo.base}/there'`,
    )
    const session = openSession(shell, repo.base, env)
    await session.run(GO[shell])
    expect(await session.draw()).toMatch(first)
    const there = readFileSync(join(repo.base, 'there'), 'utf8')
    const settled = await session.settled()
    expect(settled).not.toMatch(/…$/)
    if (!there.includes('\uFFFD')) expect(settled).toBe(await expected(shell, onPath.built, there, repo.env))
    expect(
      git(repo, repo.base, 'find . -name "*pwned"')
        .trim()
        .split('\n')
        .filter((path) => !path.includes('$(')),
    ).toEqual([''])
    session.end()
  })

  test.skipIf(!isInstalled(shell)).each(nowhere)('nothing: %s', async (_, script) => {
    const repo = ready('conflicting')
    const session = openSession(shell, repo.dir, onPath.env(repo.env))
    await session.run(script)
    expect(await session.draw()).toBe('')
    expect(await session.settled()).toBe('')
    session.end()
  })

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
