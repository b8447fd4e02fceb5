import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { go, withTemplate } from '../support/switching.ts'

describe('a bare repository', () => {
  const bare = (name: string): TestRepo & { readonly bare: string } => {
    const repo = makeRepo('basic')
    const path = join(repo.base, name)
    repo.git('clone', '-q', '--bare', repo.dir, path)
    return { ...repo, bare: path }
  }

  test('worktrees may lie in it, but not where git keeps its own', async () => {
    const repo = bare('store')
    const at = { cwd: repo.bare }
    expect((await go(repo, withTemplate('{{ branch | sanitize }}', 'topic'), at)).cd).toBe(join(repo.bare, 'topic'))
    for (const name of ['refs', 'objects', 'hooks', 'worktrees', 'HEAD']) {
      const { code } = await go(repo, withTemplate(name, '-c', 'x', '--clobber'), at)
      expect({ name, code }).toEqual({ name, code: 1 })
    }
    expect((await go(repo, withTemplate('{{ branch }}', 'main'), at)).cd).toBe(join(repo.bare, 'main'))
    expect((await go(repo, ['@'], at)).cd).toBe(join(repo.bare, 'main'))
  })

  test('in a hidden directory: the name that worktrees get is told, with the setting that changes it', async () => {
    const repo = bare('.bare')
    const at = { cwd: repo.bare }
    const { code, err, cd } = await go(repo, ['topic'], at)
    expect(code, err).toBe(0)
    expect(cd).toBe(join(repo.base, '.bare.topic'))
    expect(err).toContain('.bare.topic')
    expect(err).toContain('[projects."')
    repo.git('-C', repo.bare, 'config', 'wt.hints.skip-bare-repo-prompt', '1')
    expect((await go(repo, ['topic'], at)).err).not.toContain('[projects."')
  })
})
