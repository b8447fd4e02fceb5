import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { complete } from '../../src/shell/completion/candidates.ts'
import { candidatesScript } from '../../src/shell/init.ts'
import { EPOCH } from '../support/environment.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { specs } from './specs.ts'

const script = candidatesScript(specs, { told: true })
let repo: TestRepo

/** Gives a ref a commit of its own, so many days after the epoch. */
const young = (ref: string, days: number): void => {
  const date = `${EPOCH + days * 86_400} +0000`
  const { code, stderr } = repo.tryGit(
    ['fast-import', '--quiet', '--force'],
    `commit ${ref}\ncommitter Ada <ada@example.com> ${date}\ndata 1\nx\nfrom refs/heads/main^0\n\n`,
  )
  if (code !== 0) throw new Error(stderr)
}

beforeAll(() => {
  repo = makeRepo('basic')
  for (const [at, name] of ['old', 'feature/one', "it's", '$(date>pwned)', 'é', 'shared'].entries()) {
    young(`refs/heads/${name}`, 10 + at)
  }
  young('refs/heads/tree', 2)
  repo.addWorktree('tree')
  repo.git('worktree', 'add', '-q', `${repo.dir}.two\nlines`, 'old')
  for (const [at, name] of ['origin/far', 'origin/shared', 'team/x/far', 'team/x/deep/er', 'up/HEAD'].entries()) {
    young(`refs/remotes/${name}`, 30 + at)
  }
  repo.git('symbolic-ref', 'refs/remotes/team/x/HEAD', 'refs/remotes/team/x/far')
})

/** No program answers here for names of the configuration; there are none. */
const ENV = { WT_BIN: '/nowhere' }

/** What the sh script prints, as lines; with `all`, those that go on from the last word are left to the shell. */
const bySh = (words: readonly string[], cwd: string = repo.dir, scope = 'all'): readonly string[] => {
  const { stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', scope, 'wt', ...words], {
    cwd,
    env: { ...repo.env, ...ENV },
  })
  expect(stderr.toString()).toBe('')
  const lines = stdout.toString().split('\n').filter(Boolean)
  return lines.filter((line) => line.startsWith(':') || line.startsWith(words.at(-1) ?? ''))
}

/** The same by the program. */
const byProgram = async (words: readonly string[]): Promise<readonly string[]> => {
  const completion = await complete(words, specs, { env: repo.env, cwd: repo.dir, home: undefined })
  if (completion.kind !== 'candidates') return [`:${completion.kind}`]
  return completion.candidates.map(({ value, summary }) => `${value}\t${summary}`)
}

const names = (lines: readonly string[]): readonly string[] => lines.map((line) => line.split('\t')[0] as string)

const LOCAL = ['old', 'tree', 'main', 'shared', 'é', '$(date>pwned)', "it's", 'feature/one', 'topic']

describe('branches', () => {
  test('of worktrees come first, then local ones, then remote ones without their remote; the youngest first', () => {
    expect(names(bySh(['switch', '']))).toEqual([...LOCAL, 'deep/er', 'far'])
    expect(bySh(['switch', 'far'])[0]).toMatch(/^far\tteam\/x, .* ago$/)
    expect(bySh(['switch', 'tree'])[0]).toMatch(/^tree\tworktree, .* ago$/)
  })

  test('to start from: remote ones have their full name', () => {
    const remote = ['team/x/deep/er', 'team/x/far', 'origin/shared', 'origin/far']
    expect(names(bySh(['switch', '--base', '']))).toEqual([...LOCAL, ...remote])
    expect(names(bySh(['switch', '-cb', 'o']))).toEqual(['old', 'origin/shared', 'origin/far'])
  })

  test('only local ones, only those of worktrees', () => {
    expect(names(bySh(['remove', 'topic', '']))).toEqual(LOCAL)
    expect(names(bySh(['step', 'diff', '']))).toEqual(['old', 'tree', 'main'])
  })

  test('-C is honoured in every form; the last one counts', () => {
    const elsewhere = makeRepo('ahead')
    for (const words of [
      ['-C', elsewhere.dir],
      [`-C${elsewhere.dir}`],
      [`--directory=${elsewhere.dir}`],
      ['-C', '/nowhere', '--directory', elsewhere.dir],
    ]) {
      expect(names(bySh([...words, 'switch', ''], '/'))).toEqual(['main', 'feature', 'topic'])
      expect(names(bySh(['switch', ...words, 'f'], '/'))).toEqual(['feature'])
    }
    const home = { ...elsewhere.env, HOME: elsewhere.base }
    const tilde = spawnSync('sh', ['-c', script, 'sh', 'all', 'wt', '-C', '~/repo', 'remove', ''], {
      cwd: '/',
      env: home,
    })
    expect(names(tilde.stdout.toString().trim().split('\n'))).toEqual(['main', 'feature', 'topic'])
  })

  test('outside a repository there are none, and nothing is said', () => {
    expect(bySh(['switch', ''], '/')).toEqual([])
  })
})

test('what a command takes stands beside the commands below it, which only come first', () => {
  expect(names(bySh(['hook', '']))).toEqual(['show', 'before', 'after'])
  expect(names(bySh(['hook', 'before', '']))).toEqual([])
  expect(names(bySh(['hook', 'show', 'a']))).toEqual(['after'])
})

/** Everything that may be typed, and more than makes sense. */
const LINES: readonly (readonly string[])[] = [
  [''],
  ['s'],
  ['nonsense', ''],
  ['-'],
  ['--'],
  ['--c'],
  ['-C'],
  ['-C', ''],
  ['-y', 'sw'],
  ['--config', ''],
  ['--config='],
  ['list', ''],
  ['list', 'statusline', ''],
  ['list', '-'],
  ['list', '--no'],
  ['list', '--format', ''],
  ['list', '--format', 'j'],
  ['list', '--format='],
  ['list', '--format=t'],
  ['list', '--nonsense=t'],
  ['list', '--yes=t'],
  ['remove', ''],
  ['remove', 'a', 'b', 't'],
  ['remove', '--', 'x'],
  ['remove', '-f', '$('],
  ['remove', "it'"],
  ['remove', '/'],
  ['remove', '../'],
  ['hook', ''],
  ['hook', 'be'],
  ['hook', 'before', ''],
  ['hook', 'show', 'a'],
  ['step', ''],
  ['step', 'diff', 'o'],
  ['step', 'diff', 'old', ''],
  ['step', 'diff', 'old', 'a', ''],
  ['step', 'diff', 'old', 'a', 'b', ''],
  ['step', 'enter', ''],
  ['step', 'enter', 'x', ''],
  ['step', 'enter', 'x', 'y', ''],
  ['switch', ''],
  ['switch', 'é'],
  ['switch', 'f'],
  ['switch', '-c', '--b'],
  ['switch', '-c', '--base', ''],
  ['switch', '--base=team/'],
  ['switch', '--base=./'],
  ['switch', '-x', ''],
  ['switch', 'x', 'y', ''],
  ['switch', '-b', 'main', ''],
  ['switch', '-'],
  ['switch', '-c'],
]

describe('the script and the program agree', () => {
  test.each(LINES.map((words) => [words]))('%j', async (words) => {
    const lines = await byProgram(words)
    expect(bySh(words)).toEqual(lines)
    expect(bySh(words, repo.dir, 'names')).toEqual(names(lines))
  })
})
