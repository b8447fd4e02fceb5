import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { projectConfig, userConfig, writeApprovals } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const withHook = (command: string): TestRepo => {
  const repo = makeRepo('ahead')
  projectConfig(repo, `[pre-merge]\nmark = ${JSON.stringify(command)}\n`)
  return repo
}

const run = (repo: TestRepo) => wt(repo, ['hook', 'pre-merge'])
const answering = (repo: TestRepo, answers: readonly string[]) => wt(repo, ['hook', 'pre-merge'], { answers })

describe('approvals of an older configuration', () => {
  test('go with clear --global, too', async () => {
    const repo = withHook('true')
    userConfig(repo, `[projects."${repo.dir}"]\napproved-commands = ["true"]\n`)
    expect((await run(repo)).code).toBe(0)
    expect((await wt(repo, ['config', 'approvals', 'clear', '--global', '--yes'])).code).toBe(0)
    expect((await run(repo)).code).toBe(1)
  })

  test('count while there is no file', async () => {
    const repo = withHook('true')
    userConfig(repo, `[projects."${repo.dir}"]\napproved-commands = ["true"]\n`)
    expect((await run(repo)).code).toBe(0)
    writeApprovals(repo, '')
    expect((await run(repo)).code).toBe(1)
  })

  test('approving of one more, or withdrawing, takes them over: they do not come back, nor are they lost', async () => {
    const older = (): TestRepo => {
      const repo = withHook('true')
      userConfig(repo, `[projects."${repo.dir}"]\napproved-commands = ["true"]\n`)
      return repo
    }
    const repo = older()
    projectConfig(repo, '[pre-merge]\nmark = "true"\n[pre-commit]\nmore = "true more"\n')
    expect((await wt(repo, ['config', 'approvals', 'add', '--yes'])).code).toBe(0)
    expect((await run(repo)).code).toBe(0)
    const asked = older()
    projectConfig(asked, '[pre-merge]\nmark = "true"\nmore = "true more"\n')
    await answering(asked, ['y'])
    projectConfig(asked, '[pre-merge]\nmark = "true"\n')
    expect((await run(asked)).code).toBe(0)
    const withdrawn = older()
    expect((await wt(withdrawn, ['config', 'approvals', 'clear'])).err).toContain('withdrew')
    expect((await run(withdrawn)).code).toBe(1)
  })
})
