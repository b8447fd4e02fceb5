import { expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { makeRepo } from '../support/repo.ts'

test.each(['-C', '--directory', '--config', '--config-set'])(
  '%s without its value is a usage error',
  async (option) => {
    const repo = makeRepo('basic')
    for (const words of [[option], ['-y', option]]) {
      const { code, out, err } = await wt(repo, words)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(`${option} needs a value`)
    }
  },
)

test('an argument that is missing is named, and nothing beside it', async () => {
  const { code, err } = await wt(makeRepo('basic'), ['config', 'shell', 'init'])
  expect(code).toBe(2)
  expect(err).toMatch(/shell +\(bash\|zsh/)
  expect(err).not.toContain('--config-set')
})

test('a group of commands alone is a question for help, and so is wt hook', async () => {
  const repo = makeRepo('basic')
  for (const words of [[], ['step'], ['config'], ['hook'], ['-y', 'hook']]) {
    const { code, out, err } = await wt(repo, words)
    expect({ words, code, err, help: out.includes('USAGE') }).toEqual({ words, code: 0, err: '', help: true })
  }
  expect((await wt(repo, ['hook', '--dry-run'])).code).toBe(1)
})
