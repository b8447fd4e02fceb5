import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../../support/cli.ts'
import { makeRepo, type TestRepo } from '../../support/repo.ts'
import { answerChecker } from '../../support/schema.ts'

const check = answerChecker('step-eval')

const evaluate = async (repo: TestRepo, template: string, cwd: string = repo.dir): Promise<string> => {
  const { code, out, err } = await wt(repo, ['step', 'eval', template], { cwd })
  expect(code, err).toBe(0)
  expect(err).toBe('')
  return out.replace(/\n$/, '')
}

describe('wt step eval', () => {
  test('knows the worktree, the repository and what is stored for the branch', async () => {
    const repo = makeRepo('basic')
    repo.publish()
    repo.git('config', 'remote.origin.url', 'ssh://git@example.com/owner/project.git')
    repo.git('config', 'wt.state.topic.vars.ports', '{"web": 3000}')
    repo.git('config', 'wt.state.topic.vars.note', 'first\nsecond')
    const dir = repo.addWorktree('topic')
    const names = [
      'branch',
      'worktree_path',
      'worktree_name',
      'commit',
      'short_commit',
      'upstream',
      'repo',
      'repo_path',
    ]
    const more = ['owner', 'remote_repo', 'primary_worktree_path', 'default_branch', 'remote', 'remote_url', 'cwd']
    const text = await evaluate(repo, [...names, ...more].map((name) => `{{ ${name} }}`).join('\n'), dir)
    expect(text.split('\n')).toEqual([
      ...['topic', dir, 'repo.topic', repo.oid('topic'), repo.git('rev-parse', '--short', 'topic'), 'origin/topic'],
      ...['repo', repo.dir, 'owner', 'project', repo.dir, 'main', 'origin'],
      ...['ssh://git@example.com/owner/project.git', dir],
    ])
    expect(await evaluate(repo, '{{ vars.ports.web + 1 }} {{ vars.note }}', dir)).toBe('3001 first\nsecond')
  })

  test('functions that answer with paths', async () => {
    const repo = makeRepo('basic')
    const dir = repo.addWorktree('topic')
    expect(await evaluate(repo, '{{ worktree_path_of_branch("topic") }}|{{ worktree_path_of_branch("x") }}')).toBe(
      `${dir}|`,
    )
    expect(await evaluate(repo, '{{ expected_worktree_path_of_branch("a/b") }}')).toBe(`${repo.dir}.a-b`)
    expect(await evaluate(repo, '{{ expected_worktree_path_of_branch("main") }}', dir)).toBe(repo.dir)
    const config = join(repo.base, 'config.toml')
    writeFileSync(config, 'worktree-path = "{{ nope }}"\n')
    const bad = await wt(repo, ['step', 'eval', '--config', config, '{{ expected_worktree_path_of_branch("x") }}'])
    expect(bad).toMatchObject({ code: 1, out: '', err: expect.stringContaining('nope') })
  })

  test('a detached worktree has no branch; a name that has no value is an error that says what there is', async () => {
    const repo = makeRepo('basic')
    const dir = repo.addWorktree('detached', { from: 'main', detach: true })
    expect(await evaluate(repo, '{{ branch | default("none") }} {{ commit }}', dir)).toBe(`none ${repo.oid('main')}`)
    const { code, out, err } = await wt(repo, ['step', 'eval', '{{ branch }}'], { cwd: dir })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('branch')
    expect(err).toContain('worktree_name')
    expect((await wt(repo, ['step', 'eval', '{{ brnch }}'])).err).toContain('did you mean "branch"')
    expect((await wt(repo, ['step', 'eval', '{{ repo_root }}'])).code, 'old names are for configuration').toBe(1)
    expect((await wt(repo, ['step', 'eval', '{{'])).code).toBe(1)
    expect((await wt(repo, ['step', 'eval'])).code).toBe(2)
  })

  test('--json, and the variables with -v', async () => {
    const repo = makeRepo('basic')
    const { out, err } = await wt(repo, ['step', 'eval', '-v', '{{ branch | hash_port }}', '--json'])
    expect(check(out)).toEqual({ name: 'eval', template: '{{ branch | hash_port }}', result: '12107' })
    expect(err).toMatch(/^ {2}branch += main$/m)
    expect(err).toMatch(/^ {2}upstream += \(unset\)$/m)
    expect(err).toContain('{{ branch | hash_port }}')
  })

  test('in a bare repository’s own directory it is about the branch that HEAD names, in its worktree if there is one', async () => {
    const repo = makeRepo('basic', { bare: true })
    expect(await evaluate(repo, '{{ branch }} {{ worktree_path }}')).toBe(`main ${repo.dir}`)
    const dir = repo.addWorktree('main', { path: join(repo.base, 'm') })
    expect(await evaluate(repo, '{{ branch }} {{ worktree_path }}')).toBe(`main ${dir}`)
  })
})
