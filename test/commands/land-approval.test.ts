import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { approvalsFile, marked, markOf, projectConfig, userConfig } from '../support/hooks.ts'
import { type LandRepo, withFeature } from '../support/landing.ts'

const withProject = (toml: (mark: (name: string) => string) => string): LandRepo => {
  const repo = withFeature()
  projectConfig(
    repo,
    toml((name) => marked(repo, name)),
    repo.feature,
  )
  repo.at('add', '.')
  repo.at('commit', '-qm', 'configured')
  return repo
}

const run = (repo: LandRepo, words: readonly string[], answers?: readonly string[]) =>
  wt(repo, words, { cwd: repo.feature, ...(answers && { answers }) })

describe('the question before a merge', () => {
  const HOOKS = (mark: (name: string) => string): string =>
    `pre-commit = "touch ${mark('a')}"\npre-merge = "touch ${mark('b')}"\npre-remove = "touch ${mark('c')}"\n`

  test('is asked once for everything; a yes is kept', async () => {
    const repo = withProject(HOOKS)
    const { code, err } = await run(repo, ['merge'], ['y'])
    expect(code, err).toBe(0)
    expect(err.match(/approve and run\?/g)).toHaveLength(1)
    expect(['a', 'b', 'c'].map((name) => markOf(repo, name))).toEqual(['', '', ''])
    expect(readFileSync(approvalsFile(repo), 'utf8').match(/touch/g)).toHaveLength(3)
  })

  test('declined: the user’s own run, the project’s do not', async () => {
    const repo = withProject(HOOKS)
    userConfig(repo, `pre-merge = "touch ${marked(repo, 'mine')}"\n`)
    const { code, err } = await run(repo, ['merge'], ['n'])
    expect(code, err).toBe(0)
    expect(['mine', 'a', 'b', 'c'].map((name) => markOf(repo, name))).toEqual(['', undefined, undefined, undefined])
  })

  test('is about what will run: nothing to commit, no pre-commit; --no-remove, no pre-remove', async () => {
    const repo = withProject((mark) => `pre-commit = "touch ${mark('a')}"\npre-remove = "touch ${mark('c')}"\n`)
    const { code, err } = await run(repo, ['merge', '--no-squash', '--no-remove'])
    expect(code, err).toBe(0)
  })
})

describe('what the project adds to the prompt', () => {
  const commit = (repo: LandRepo, answers?: readonly string[]) => {
    writeFileSync(join(repo.feature, 'wip'), String(Math.random()))
    const command = `commit.generation.command = "cat > '${marked(repo, 'prompt')}'; echo subject"`
    return run(repo, ['step', 'commit', '--config-set', command], answers)
  }
  const APPEND = '[commit.generation]\ntemplate-append = "Name the ticket of {{ branch }}."\n'

  test('is used once it is approved, and asked about only where a program writes the message', async () => {
    const repo = withProject(() => APPEND)
    expect((await commit(repo)).err).toContain('wt config approvals add')
    expect(markOf(repo, 'prompt')).toBeUndefined()
    expect((await commit(repo, ['n'])).code).toBe(0)
    expect(markOf(repo, 'prompt')).not.toContain('ticket')
    expect((await commit(repo, ['y'])).code).toBe(0)
    expect(markOf(repo, 'prompt')).toContain('Name the ticket of feature.')
    expect((await commit(repo)).code).toBe(0)
    writeFileSync(join(repo.feature, 'more'), 'm')
    expect(
      (
        await run(
          withProject(() => APPEND),
          ['merge'],
        )
      ).code,
    ).toBe(0)
  })

  test('can be approved beforehand', async () => {
    const repo = withProject(() => APPEND)
    expect((await run(repo, ['config', 'approvals', 'add', '--yes'])).code).toBe(0)
    expect((await commit(repo)).code).toBe(0)
    expect(markOf(repo, 'prompt')).toContain('Name the ticket of feature.')
  })
})

test('a template can loop over commits', async () => {
  const repo = withFeature()
  const template = '{% for each in commit_details %}<{{ each }}|{{ each.subject | upper }}|{{ each.body }}>{% endfor %}'
  const set = ['--config-set', `commit.generation.squash-template = '${template}'`]
  const { out } = await run(repo, ['step', 'squash', '--show-prompt', ...set])
  expect(out).toBe('<Feature one|FEATURE ONE|><Feature two|FEATURE TWO|>\n')
})
