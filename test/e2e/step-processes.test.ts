import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { setUpCopy } from '../support/copy-ignored.ts'
import { copyBuilt, runBuilt } from './built.ts'
import { loggingGit } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

/** How many files there are, the gits stay the same; everything that can be remembered is. */
describe('the gits of a step', () => {
  test.each([
    [
      ['copy-ignored', '--json'],
      ['for-each-ref', 'ls-files', 'ls-files'],
    ],
    [
      ['copy-ignored', '--dry-run'],
      ['for-each-ref', 'ls-files'],
    ],
    [['eval', '{{ branch }}'], ['for-each-ref']],
    [
      ['diff', '--', '--stat'],
      ['add', 'diff', 'for-each-ref', 'ls-files'],
    ],
  ])('%j', async (words, expected) => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`dir${at}/${at}.env`, 'x']))
    const { repo, to } = setUpCopy({ ...files, 'a.env': 'A' })
    repo.git('config', 'wt.default-branch', 'main')
    writeFileSync(join(to, 'untracked'), 'u')
    const { env, take } = loggingGit(repo.env)
    const run = () => runBuilt(wt, ['step', ...words], { cwd: to, env })
    // What changed within the last tick of the clock is not trusted to stay.
    await new Promise((resolve) => setTimeout(resolve, 120))
    await run()
    take()
    expect((await run()).code).toBe(0)
    const names = take().map((line) => /(?:^|\s)(for-each-ref|ls-files|add|diff)(?:\s|$)/.exec(line)?.[1] ?? line)
    expect(names.sort()).toEqual(expected)
  })
})
