import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ready } from '../../support/graceful.ts'
import { shell as sh } from '../../support/shell.ts'
import { DRAWING, expected, isInstalled, openSession, type WtOnPath, wtOnPath } from './session.ts'

let onPath: WtOnPath
beforeAll(() => {
  onPath = wtOnPath()
})

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
  ['a HEAD that is a link', 'ln -sf refs/heads/main .git/HEAD'],
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
      sh({ dir: repo.base, env: repo.env }, 'find . -name "*pwned"')
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
})
