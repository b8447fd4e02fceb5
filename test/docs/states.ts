import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withProgram } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import type { RepoFormat } from '../support/template.ts'

/** A branch whose commit has these parents and this tree. */
const branchAt = (repo: TestRepo, branch: string, tree: string, ...parents: readonly string[]): void => {
  const args = parents.flatMap((parent) => ['-p', parent])
  repo.git('branch', branch, repo.git('commit-tree', `${tree}^{tree}`, ...args, '-m', branch))
}

const gitDirOf = (repo: TestRepo, worktree: string): string =>
  repo.git('-C', worktree, 'rev-parse', '--absolute-git-dir')

/** Uncommitted changes of every kind in one worktree. */
const makeDirty = (worktree: string, repo: TestRepo): void => {
  const at = (...args: readonly string[]): string => repo.git('-C', worktree, ...args)
  writeFileSync(join(worktree, 'staged.txt'), 'new\n')
  at('add', 'staged.txt')
  at('mv', 'b.txt', 'renamed.txt')
  writeFileSync(join(worktree, 'a.txt'), '1\n2\n3\n4\n')
  rmSync(join(worktree, 'README.md'))
  writeFileSync(join(worktree, 'untracked.txt'), 'one\ntwo\n')
}

/** Worktrees that stand in every way to `main` and to git. `feature` is two ahead and one behind. */
export const everyWorktree = (format: RepoFormat = {}): TestRepo => {
  const repo = makeRepo('diverged', format)
  makeDirty(repo.addWorktree('feature'), repo)
  writeFileSync(join(repo.addWorktree('dirty', { from: 'main' }), 'new.txt'), 'n\n')
  repo.addWorktree('empty', { from: 'main' })
  writeFileSync(join(repo.addWorktree('behind', { from: 'main~1' }), 'new.txt'), 'n\n')
  repo.commit('Ahead', { dir: repo.addWorktree('ahead', { from: 'main' }) })
  repo.addWorktree('nowhere', { from: 'main', detach: true })
  repo.addWorktree('misplaced', { from: 'main', path: join(repo.base, 'elsewhere') })
  const [locked, mute] = [repo.addWorktree('locked', { from: 'main' }), repo.addWorktree('mute', { from: 'main' })]
  repo.git('worktree', 'lock', '--reason', 'on a stick', locked)
  repo.git('worktree', 'lock', mute)
  rmSync(repo.addWorktree('gone', { from: 'main' }), { recursive: true })
  rmSync(join(gitDirOf(repo, repo.addWorktree('broken', { from: 'main' })), 'gitdir'))
  repo.git('-C', repo.addWorktree('unborn', { from: 'main' }), 'symbolic-ref', 'HEAD', 'refs/heads/nothing-yet')
  repo.git('worktree', 'add', '-q', '-f', join(repo.base, 'twice'), 'empty')
  return repo
}

/** Worktrees in which git is in the middle of something; the merge has unmerged paths. */
export const operations = (): TestRepo => {
  const repo = makeRepo('conflicting')
  const merging = repo.addWorktree('feature')
  repo.tryGit(['-C', merging, 'merge', 'main'])
  const marks = { 'cherry-pick': 'CHERRY_PICK_HEAD', revert: 'REVERT_HEAD', bisect: 'BISECT_LOG' }
  for (const [branch, file] of Object.entries(marks)) {
    const worktree = repo.addWorktree(branch, { from: 'main' })
    writeFileSync(join(gitDirOf(repo, worktree), file), `${repo.oid('main')}\n`)
  }
  mkdirSync(join(gitDirOf(repo, repo.addWorktree('rebase', { from: 'main' })), 'rebase-merge'))
  return repo
}

/** Branches without a worktree, integrated for each reason there is, conflicting, and without a common ancestor. */
export const integrated = (): TestRepo => {
  const repo = makeRepo('squashed')
  repo.git('branch', 'ancestor', 'main~1')
  branchAt(repo, 'undone', 'main~2', 'main~1', 'main~2')
  branchAt(repo, 'reverted', 'main~2', 'feature')
  branchAt(repo, 'orphan', 'main')
  const on = (branch: string, start: string, files: Readonly<Record<string, string>>): void => {
    repo.git('checkout', '-q', '-b', branch, start)
    repo.commit(branch, { files })
    repo.git('checkout', '-q', 'main')
  }
  on('taken-over', 'main', { 'extra.txt': 'extra\n' })
  on('clash', 'main~1', { 'feature.txt': 'eins\n' })
  repo.commit('Extra, by hand', { files: { 'extra.txt': 'extra\n' } })
  repo.commit('Rewritten', { files: { 'feature.txt': 'uno\ndue\n' } })
  branchAt(repo, 'same-tree', 'main', 'feature')
  repo.git('branch', 'copy', 'main')
  return repo
}

/** Upstreams in sync, behind and gone, a remote branch that nothing tracks, a marker, variables, a previous worktree. */
export const tracking = (): TestRepo => {
  const repo = makeRepo('tracking')
  repo.git('update-ref', 'refs/remotes/origin/only-there', 'feature')
  repo.git('branch', '--set-upstream-to=main', 'gone')
  const feature = repo.addWorktree('feature')
  repo.git('config', 'wt.state.feature.marker', '{"marker":"🤖","set_at":0}')
  repo.git('config', 'wt.state.feature.vars.port', '4000')
  repo.git('config', 'wt.history', 'feature')
  repo.git('config', 'wt.history-path', feature)
  return repo
}

/** The environment in which one git command, found by its name, takes longer than anybody waits. */
export const slow = (repo: TestRepo, command: string): Readonly<Record<string, string>> => {
  const bin = join(repo.base, `slow-${command}`)
  mkdirSync(bin)
  const script = `#!/bin/sh\ncase " $* " in *" ${command} "*) sleep 20;; esac\nPATH=\${PATH#*:} exec git "$@"\n`
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 })
  return withProgram(repo.env, bin)
}
