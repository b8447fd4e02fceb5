import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { hasReftable } from '../support/git.ts'
import { userConfig } from '../support/hooks.ts'
import { makeRepo } from '../support/repo.ts'

describe('from the directory of a bare repository', () => {
  const store = (how: { readonly refFormat?: 'reftable' } = {}) => {
    const repo = makeRepo('basic', { bare: true, ...how })
    userConfig(repo, 'pre-merge = "echo {{ branch }} {{ cwd }}"\n[aliases]\nsay = "test {{ branch }} = main"')
    return repo
  }

  test('hooks run in the worktree of the branch that HEAD names', async () => {
    const repo = store()
    const dir = repo.addWorktree('main', { path: join(repo.base, 'm') })
    const { code, out, err } = await wt(repo, ['hook', 'pre-merge', '--dry-run'])
    expect(code, err).toBe(0)
    expect(out).toContain(`echo main ${dir}`)
    expect((await wt(repo, ['hook', 'show', '--expanded'])).out).toContain(`echo main ${dir}`)
  })

  test('without such a worktree there is nowhere to run; the branch is named', async () => {
    const { code, err } = await wt(store(), ['hook', 'pre-merge', '--dry-run'])
    expect(code).toBe(1)
    expect(err).toContain('to make one: wt switch main')
  })

  test.skipIf(!hasReftable())('where refs are kept in a reftable too', async () => {
    const repo = store({ refFormat: 'reftable' })
    expect((await wt(repo, ['step', 'eval', '{{ branch }}'])).out).toBe('main\n')
    expect((await wt(repo, ['hook', 'pre-merge', '--dry-run'])).err).toContain('wt switch main')
  })

  test('an alias knows the branch that HEAD names', async () => {
    const { code, err } = await wt(store(), ['say'])
    expect(code, err).toBe(0)
  })
})
