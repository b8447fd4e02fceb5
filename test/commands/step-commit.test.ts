import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { checkedJson, everythingOf, type LandRepo, withFeature } from '../support/landing.ts'
import { makeRepo } from '../support/repo.ts'

const dirty = (): LandRepo => {
  const repo = withFeature()
  writeFileSync(join(repo.feature, 'a.txt'), 'changed\n')
  writeFileSync(join(repo.feature, 'new.txt'), 'new\n')
  return repo
}

const commit = (repo: LandRepo, words: readonly string[] = []) =>
  wt(repo, ['step', 'commit', ...words], { cwd: repo.feature })

const generator = (text: string): readonly string[] => [
  '--config-set',
  `commit.generation.command = ${JSON.stringify(text)}`,
]

describe('wt step commit', () => {
  test('stages and commits, and answers with the commit', async () => {
    const repo = dirty()
    const { code, out, err } = await commit(repo, ['--json'])
    expect(code, err).toBe(0)
    const answer = checkedJson('step-commit', out)
    expect(answer).toEqual({ commit: repo.oid('feature'), message: 'Changes to a.txt & new.txt', stage_mode: 'all' })
    expect(err).toContain('new.txt')
    expect(repo.at('status', '--porcelain')).toBe('')
  })

  test('stages what it is told to', async () => {
    const tracked = dirty()
    expect((await commit(tracked, ['--stage=tracked'])).code).toBe(0)
    expect(tracked.at('status', '--porcelain')).toBe('?? new.txt')
    const none = dirty()
    none.at('add', 'new.txt')
    expect((await commit(none, ['--config-set', 'commit.stage = "none"'])).code).toBe(0)
    expect(none.at('status', '--porcelain')).toBe(' M a.txt')
  })

  test('names a new directory once, and ten rows at most', async () => {
    const repo = withFeature()
    for (let at = 0; at < 12; at++) repo.write(`../repo.feature/d${at}/x`, 'x')
    const { err } = await commit(repo)
    expect(err.match(/^ {2}d\d+\/$/gm)).toHaveLength(9)
    expect(err).toContain('and 3 more')
  })

  test('works detached, and for the first commit', async () => {
    const repo = dirty()
    repo.at('checkout', '-q', '--detach')
    expect((await commit(repo)).code).toBe(0)
    const fresh = makeRepo('basic')
    fresh.git('switch', '-q', '--orphan', 'fresh')
    fresh.write('first', '1')
    const { code, err } = await wt(fresh, ['step', 'commit'])
    expect(code, err).toBe(0)
    expect(fresh.git('rev-list', '--count', 'fresh')).toBe('1')
  })

  test('a submodule pointer that is configured to be ignored is committed', async () => {
    const repo = withFeature()
    const pointer = repo.oid('main')
    const line = (oid: string): string => `160000,${oid},sub`
    repo.at('update-index', '--add', '--cacheinfo', line(repo.oid('topic')))
    repo.at('commit', '-qm', 'sub')
    repo.git('config', 'submodule.sub.path', 'sub')
    repo.git('config', 'submodule.sub.ignore', 'all')
    writeFileSync(join(repo.feature, '.gitmodules'), '[submodule "sub"]\n\tpath = sub\n\turl = x\n\tignore = all\n')
    repo.at('add', '.gitmodules')
    repo.at('commit', '-qm', 'modules')
    repo.at('update-index', '--cacheinfo', line(pointer))
    const { code, err } = await commit(repo, ['--stage=none'])
    expect(code, err).toBe(0)
    expect(repo.git('rev-parse', 'feature:sub')).toBe(pointer)
  })

  test('refuses with nothing to commit, over conflicts, without a worktree; all is as it was', async () => {
    const clean = withFeature()
    const before = everythingOf(clean)
    expect((await commit(clean)).code).toBe(1)
    expect((await wt(clean, ['step', 'commit', '--branch', 'topic'])).err).toContain('topic')
    expect(everythingOf(clean)).toBe(before)
    const conflict = withFeature('conflicting')
    conflict.tryGit(['-C', conflict.feature, 'merge', 'main'])
    const open = everythingOf(conflict)
    expect((await commit(conflict)).err).toContain('unmerged')
    expect(everythingOf(conflict)).toBe(open)
  })

  test('a git hook that refuses leaves it staged', async () => {
    const repo = dirty()
    repo.hook('pre-commit', 'echo not so >&2; exit 1')
    const tip = repo.oid('feature')
    const { code, err } = await commit(repo)
    expect(code).toBe(1)
    expect(err).toContain('not so')
    expect(repo.oid('feature')).toBe(tip)
  })
})

describe('messages', () => {
  test('are made by any command, from a prompt that holds all of the diff as plain text', async () => {
    const repo = dirty()
    for (const [key, value] of [
      ['color.ui', 'always'],
      ['diff.external', 'echo EXTERNAL'],
      ['diff.noprefix', 'true'],
      ['diff.relative', 'true'],
    ]) {
      repo.git('config', key as string, value as string)
    }
    writeFileSync(join(repo.feature, 'grün.txt'), `${'x'.repeat(150_000)}\nlast {{ branch }} {% raw %}\n`)
    const prompt = join(repo.base, 'prompt')
    const { code, err } = await commit(repo, generator(`cat > '${prompt}'; printf -- '--amend\\n\\nbody\\n'`))
    expect(code, err).toBe(0)
    const text = readFileSync(prompt, 'utf8')
    expect(text).toContain('+changed')
    expect(text).toContain('b/grün.txt')
    expect(text).toContain('last {{ branch }} {% raw %}')
    expect(text).not.toMatch(/EXTERNAL|\u001B/)
    expect(repo.git('log', '-1', '--format=%B', 'feature')).toBe('--amend\n\nbody\n')
  })

  test('the user’s own template and words', async () => {
    const repo = dirty()
    const set = [
      '--config-set',
      'commit.generation.template = "B={{ branch }} R={{ repo }}{% for one in recent_commits %} <{{ one }}>{% endfor %}"',
    ]
    expect((await commit(repo, ['--show-prompt', ...set])).out).toBe(
      'B=feature R=repo <Feature two> <Feature one> <Second> <First>\n',
    )
    const append = ['--config-set', 'commit.generation.template-append = "Mind the ticket."']
    expect((await commit(repo, ['--show-prompt', ...append])).out).toContain('Mind the ticket.')
  })

  test('never by the project’s command', async () => {
    const repo = dirty()
    repo.write(
      '../repo.feature/.config/wt.toml',
      `[commit.generation]\ncommand = "touch '${repo.base}/pwned'; echo m"\n`,
    )
    expect((await commit(repo)).code).toBe(0)
    expect(repo.git('log', '-1', '--format=%s', 'feature')).not.toBe('m')
  })

  test('HEAD that moves meanwhile: nothing is committed', async () => {
    const repo = dirty()
    const { code } = await commit(repo, generator('git commit -q --allow-empty -m other --no-verify; echo late'))
    expect(code).toBe(1)
    expect(repo.git('log', '-1', '--format=%s', 'feature')).toBe('other')
  })

  test('are made for the worktree that is committed', async () => {
    const repo = dirty()
    const { code, out } = await wt(repo, ['step', 'commit', '--branch', 'feature', '--show-prompt'])
    expect(code).toBe(0)
    expect(out).toContain('a.txt')
  })
})

describe('a dry run', () => {
  test('shows prompt, command and message, and leaves the index alone', async () => {
    const repo = dirty()
    const before = everythingOf(repo)
    const { out } = await commit(repo, ['--dry-run', ...generator('echo made')])
    expect(out).toMatch(/^PROMPT\n[\s\S]*\nCOMMAND\n {2}echo made\n[\s\S]*MESSAGE\n {2}made\n/)
    expect(out).toContain('+new')
    const plan = checkedJson('step-commit', (await commit(repo, ['--dry-run', '--json'])).out)
    expect(plan).toMatchObject({ plan: { steps: [{ kind: 'stage' }, { kind: 'commit', branch: 'feature' }] } })
    expect((await commit(repo, ['--show-prompt', '--json'])).code).toBe(1)
    expect(everythingOf(repo)).toBe(before)
  })
})
