import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { patternProblem, readRules } from '../../src/worktree/ignored/rules.ts'
import { makeRepo } from '../support/repo.ts'

const FILES = [
  'a.env',
  'b/a.env',
  'b/c/a.env',
  'config/local',
  'config/deep/x.log',
  'logs/keep.log',
  'logs/x.log',
  'doc/frotz/f',
  'a/doc/frotz/f',
  'x1',
  'x2',
  'x[1]',
  '#hash',
  '!bang',
  'sp ace',
  'end ',
  'foo/bar/baz/q',
  'foo/q',
]

describe('rules say what git says', () => {
  test.each([
    [['*.env']],
    [['/a.env']],
    [['b/']],
    [['config/', 'logs/*', '!logs/keep.log']],
    [['doc/frotz/']],
    [['**/frotz']],
    [['foo/**/q']],
    [['foo/*']],
    [['x[12]', 'x\\[1\\]']],
    [['x[!1]']],
    [['\\#hash', '\\!bang']],
    [['# a comment', '', 'sp ace ']],
    [['end\\ ']],
    [['a.env\r', 'b/*/a.env']],
    [['*', '!*.env']],
    [['*', '!*/', '!x.log']],
    [['A.ENV']],
  ])('%j', (patterns) => {
    const repo = makeRepo('basic')
    const dir = join(repo.base, 'tree')
    for (const path of FILES) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), '')
    }
    const file = join(repo.base, 'patterns')
    writeFileSync(file, patterns.join('\n'))
    repo.git('init', '-q', dir)
    const listed = repo.tryGit(['-C', dir, 'ls-files', '-z', '--others', '--ignored', `--exclude-from=${file}`])
    const rules = readRules(patterns)
    expect(FILES.filter((path) => rules.matches(path, false)).sort()).toEqual(
      listed.stdout.toString().split('\0').filter(Boolean).sort(),
    )
  })
})

describe('a pattern that can mean nothing', () => {
  test.each(['[', 'a[bc', 'x[z-a]', 'trailing\\', '{unclosed', 'a[]'])('%s', (line) => {
    expect(patternProblem(line)).toBeDefined()
  })

  test.each(['', '# [', 'a[]]', 'a[!]-]', '\\[', '[[:alpha:]]', '[a\\]]', '{a,b}', '\\{', 'x[a-z]', '!/x'])(
    'not %s',
    (line) => {
      expect(patternProblem(line)).toBeUndefined()
    },
  )
})

describe('where a pattern leads', () => {
  test.each([
    ['/build/x.env', 'build', true],
    ['build/*/x', 'build/sub', true],
    ['build/**/x', 'build/a/b', true],
    ['build/x', 'build/x', false],
    ['other/x', 'build', false],
    ['*.env', 'build', false],
    ['**/x.env', 'build', false],
    ['b*/x', 'build', true],
    ['# build/x', 'build', false],
  ])('%s into %s: %s', (pattern, directory, expected) => {
    expect(readRules([pattern]).reaches(directory)).toBe(expected)
  })
})
