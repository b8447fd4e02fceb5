import { expect, test } from 'vitest'
import { isBranchName } from '../../src/core/branch-name.ts'
import { makeRepo } from '../support/repo.ts'

const NAMES = [
  'main',
  'a/b/c',
  'ünïcode/🌳',
  'a.b',
  'a-b',
  'x@y',
  'a{b',
  'HEAD',
  '-x',
  'a..b',
  'a.',
  '.a',
  'a/.b',
  'a.lock',
  'a.lock/b',
  'a@{b',
  'a b',
  'a~b',
  'a^b',
  'a:b',
  'a?b',
  'a*b',
  'a[b',
  'a\\b',
  'a//b',
  '/a',
  'a/',
  'a\tb',
  'a\u007fb',
  '',
] as const

test.each(NAMES)('git says the same of %j', (name) => {
  const repo = makeRepo('basic')
  expect(isBranchName(name)).toBe(repo.tryGit(['branch', name, 'main']).code === 0 || name === 'main')
})
