import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { git, tryGit } from '../support/git.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import type { Dice } from '../support/shell.ts'

const lines = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('')

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'a.txt': lines(20),
  'b.txt': lines(8, 'b'),
  'dir/c.txt': lines(12, 'c'),
  'dir/deep/d.txt': lines(5, 'd'),
  'no-newline': 'one\ntwo',
  'run.sh': '#!/bin/sh\necho\n',
  'crlf.txt': 'a\r\nb\r\n',
  empty: '',
  'bin.dat': new Uint8Array([1, 0, 2, 10, 3]),
  ':(top)x': 'magic\n',
  '.gitignore': '*.log\n/ignored/\n',
}

/** A repository with a clean worktree on `feature`, which and `main` both have gone on from a common commit. */
export const makeTree = (dice: Dice): { readonly repo: TestRepo; readonly path: string } => {
  const repo = makeRepo('basic')
  repo.commit('base', { files: FILES })
  symlinkSync('a.txt', join(repo.dir, 'link'))
  repo.git('add', 'link')
  repo.git('commit', '-q', '-m', 'link')
  const path = repo.addWorktree('feature', { from: 'main' })
  const edit = (at: number, word: string): string => lines(20).replace(`line ${at}\n`, `${word}\n`)
  repo.commit('on main', { files: { 'a.txt': edit(dice.roll(20), 'main'), 'b.txt': lines(8, dice.pick(['b', 'bb'])) } })
  if (dice.rarely(2)) repo.commit('more', { dir: path, files: { 'a.txt': edit(dice.roll(20), 'feature') } })
  repo.git('config', 'wt.default-branch', 'main')
  return { repo, path }
}

const NEW = [
  'new.txt',
  'other/new.txt',
  'other/x.log',
  'ignored/y',
  'b[1].txt',
  ':x',
  '-n',
  'ü n',
  'a "q"',
  'tab\t',
  'new\nline',
]

type Step = (path: string, dice: Dice, env: TestRepo['env']) => unknown

const put = (file: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

const content = (dice: Dice): string | Uint8Array =>
  dice.pick([lines(dice.roll(30), 'new'), 'no end', '', '\n', 'a\r\nb\rc', new Uint8Array([97, 10, 0, 10]), lines(20)])

const tracked = (path: string, dice: Dice): string | undefined => {
  const name = dice.pick(Object.keys(FILES).filter((each) => each !== '.gitignore'))
  return existsSync(join(path, name)) ? join(path, name) : undefined
}

/** Things that people do to files. Each leaves a tree that git can look at, whatever came before. */
const STEPS: readonly Step[] = [
  (path, dice) => put(join(path, dice.pick(NEW)), content(dice)),
  (path, dice) => put(join(path, dice.pick(NEW)), content(dice)),
  (path, dice) => {
    const file = tracked(path, dice)
    if (file !== undefined) writeFileSync(file, content(dice))
  },
  (path, dice) => {
    const file = tracked(path, dice)
    if (file === undefined) return
    const text = readFileSync(file, 'latin1').split('\n')
    text.splice(dice.roll(text.length), dice.roll(3), 'changed')
    writeFileSync(file, text.join('\n'), 'latin1')
  },
  (path, dice) => {
    const file = tracked(path, dice)
    if (file !== undefined) rmSync(file)
  },
  (path, dice) => {
    const file = tracked(path, dice)
    if (file !== undefined) renameSync(file, join(path, `moved-${dice.roll(100)}`))
  },
  (path) => existsSync(join(path, 'run.sh')) && chmodSync(join(path, 'run.sh'), 0o755),
  (path, dice) => {
    rmSync(join(path, 'link'), { force: true })
    symlinkSync(dice.pick(['b.txt', 'gone', 'two\nlines', 'dir']), join(path, dice.pick(['link', 'newlink'])))
  },
  (path) => {
    rmSync(join(path, 'dir'), { recursive: true, force: true })
    put(join(path, 'dir'), 'now a file\n')
  },
  (path, dice, env) => {
    const file = tracked(path, dice)
    if (file !== undefined) git(['--literal-pathspecs', 'add', '-f', '--', file], { cwd: path, env })
  },
  (path, _dice, env) => git(['add', '-A'], { cwd: path, env }),
  (path, dice, env) =>
    tryGit(['--literal-pathspecs', 'rm', '-q', '-r', '--cached', '--', dice.pick(Object.keys(FILES))], {
      cwd: path,
      env,
    }),
  (path, dice, env) => tryGit(['--literal-pathspecs', 'add', '-N', '--', dice.pick(NEW)], { cwd: path, env }),
]

/** Makes a mess of a worktree. */
export const disturb = (path: string, dice: Dice, env: TestRepo['env']): void => {
  for (let left = dice.roll(6); left >= 0; left--) {
    try {
      dice.pick(STEPS)(path, dice, env)
    } catch (error) {
      // What an earlier step put in the way: a file where a directory would have to be.
      if (!['ENOTDIR', 'EISDIR', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

/** Without the settings of the user: what they would change is to stay as it is. */
const plainly = (repo: TestRepo): TestRepo['env'] => ({ ...repo.env, GIT_CONFIG_GLOBAL: '/dev/null' })

const copiedIndex = (repo: TestRepo, path: string): Readonly<Record<string, string>> => {
  const index = git(['rev-parse', '--path-format=absolute', '--git-path', 'index'], { cwd: path, env: repo.env })
  const copy = join(repo.base, 'index-copy')
  rmSync(copy, { force: true })
  if (existsSync(index)) {
    writeFileSync(copy, readFileSync(index))
    // So old that git trusts no time that it holds, and looks into every file.
    utimesSync(copy, 1, 1)
  }
  return { ...plainly(repo), GIT_INDEX_FILE: copy }
}

/** The lines that git would count if everything were added. */
export const countedByGit = (repo: TestRepo, path: string): { readonly added: number; readonly deleted: number } => {
  const env = copiedIndex(repo, path)
  git(['add', '-A', '--sparse'], { cwd: path, env })
  const text = git(['diff', '--cached', '-M', '--shortstat', 'HEAD'], { cwd: path, env })
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0)
  return { added: number(/(\d+) insertion/), deleted: number(/(\d+) deletion/) }
}

/** Whether a merge into `main` conflicts after the tracked changes have really been committed. */
export const conflictsByGit = (repo: TestRepo, path: string): boolean => {
  const env = copiedIndex(repo, path)
  git(['add', '-u', '--sparse'], { cwd: path, env })
  const tree = git(['write-tree'], { cwd: path, env })
  const commit = git(['commit-tree', tree, '-p', 'HEAD', '-m', 'x'], { cwd: path, env })
  return tryGit(['merge-tree', '--write-tree', 'main', commit], { cwd: path, env: plainly(repo) }).code === 1
}
