import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { approvalsFile, marked, markOf, projectConfig, userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, go } from '../support/switching.ts'
import { copyBuilt, type Ended, runBuilt } from './built.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const run = (repo: TestRepo, words: readonly string[]): Promise<Ended> =>
  runBuilt(wt, words, { cwd: repo.dir, env: repo.env })

const beside = (repo: TestRepo, branch: string): string => `${repo.dir}.${branch}`

describe('the project’s commands', () => {
  const HOOKS = (repo: TestRepo): string => `pre-start = "echo project >> ${marked(repo, 'ran')}"`

  test('not approved, and nobody to ask: refused before any change', async () => {
    const repo = makeRepo('basic')
    projectConfig(repo, HOOKS(repo))
    const { code, stderr } = await run(repo, ['switch', '-c', 'x'])
    expect(code).toBe(1)
    expect(stderr).toContain('wt config approvals add')
    expect(stderr).toContain('--yes')
    expect([branchesOf(repo).includes('x'), existsSync(beside(repo, 'x'))]).toEqual([false, false])
  })

  test('declined: those of the user run, and the switch goes on; agreed: kept', async () => {
    const repo = makeRepo('basic')
    projectConfig(repo, HOOKS(repo))
    userConfig(repo, `pre-start = "echo user >> ${marked(repo, 'ran')}"`)
    const declined = await go(repo, ['-c', 'x'], { answers: ['n'] })
    expect(declined.code).toBe(0)
    expect(declined.err).toContain('were not run')
    expect([markOf(repo, 'ran'), declined.cd, existsSync(approvalsFile(repo))]).toEqual([
      'user\n',
      beside(repo, 'x'),
      false,
    ])
    const agreed = await go(repo, ['-c', 'y'], { answers: ['y'] })
    expect(agreed.code).toBe(0)
    expect(markOf(repo, 'ran')).toBe('user\nuser\nproject\n')
    expect(readFileSync(approvalsFile(repo), 'utf8')).toContain('echo project')
    expect((await go(repo, ['-c', 'z'])).code).toBe(0)
  })

  test('what the configuration says later has no effect', async () => {
    const repo = makeRepo('basic')
    projectConfig(repo, HOOKS(repo))
    const file = join(repo.dir, '.config/wt.toml')
    const evil = `pre-start = "echo evil >> ${marked(repo, 'ran')}"`
    writeFileSync(marked(repo, 'evil.toml'), evil)
    userConfig(repo, `pre-switch = "cp ${marked(repo, 'evil.toml')} ${file}"`)
    expect((await run(repo, ['switch', '-c', 'x', '--yes'])).code).toBe(0)
    expect([readFileSync(file, 'utf8'), markOf(repo, 'ran')]).toEqual([evil, 'project\n'])
  })
})
