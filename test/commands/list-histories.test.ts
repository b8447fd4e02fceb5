import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { configureHostile } from '../support/hostile.ts'
import { rowsOf, standard } from '../support/list-rows.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

describe('bare', () => {
  test('no worktrees: a word and a hint, exit code 0; JSON has no items; --branches lists', async () => {
    const repo = makeRepo('ahead', { bare: true })
    const answer = await wt(repo, ['list'])
    expect(answer).toMatchObject({ code: 0, out: '' })
    expect(answer.err).toContain('No worktrees')
    expect((await listJson(repo)).items).toEqual([])
    expect(await rowsOf(repo, ['--branches'])).toEqual(['/ feature /↑', '/ main /_', '/ topic /⊂'])
  })

  test('the default branch’s worktree is the primary one, else the first that is there', async () => {
    const repo = makeRepo('ahead', { bare: true })
    repo.git('config', 'wt.default-branch', 'main')
    const [gone, feature] = [
      repo.addWorktree('topic', { path: join(repo.base, 'a') }),
      repo.addWorktree('feature', { path: join(repo.base, 'b') }),
    ]
    rmSync(gone, { recursive: true })
    expect(itemOf(await listJson(repo), 'feature').worktree?.main).toBe(true)
    repo.addWorktree('main', { path: join(repo.base, 'c') })
    const listed = await listJson(repo, [], { cwd: feature })
    expect(listed.items.filter(({ worktree }) => worktree?.main).map(({ branch }) => branch)).toEqual(['main'])
    expect(listed.items[0]).toMatchObject({ branch: 'feature', worktree: { current: true } })
  })

  test('stray core.bare: the main worktree keeps its row and its changes', async () => {
    const repo = standard(makeRepo('ahead'))
    const before = await listJson(repo)
    repo.git('config', 'core.bare', 'true')
    for (const cwd of [repo.dir, `${repo.dir}.feature`]) {
      const after = await listJson(repo, [], { cwd })
      expect(itemOf(after, 'main').worktree?.changes).toEqual(itemOf(before, 'main').worktree?.changes)
    }
  })
})

describe('bent and partial histories', () => {
  const cloned = (repo: TestRepo, ...options: readonly string[]): TestRepo => {
    const dir = join(repo.base, 'clone')
    repo.git('clone', '-q', ...options, `file://${repo.dir}`, dir)
    return { ...repo, dir: dir as never }
  }

  test('a shallow clone: what lies beyond the edge is not known to be merged; deepened, it is', async () => {
    const repo = makeRepo('diverged')
    for (let at = 0; at < 5; at++) repo.commit(`later ${at}`)
    repo.git('branch', 'old', 'main~3')
    const clone = cloned(repo, '--depth=1', '--no-single-branch')
    const standing = async () => itemOf(await listJson(clone, ['--branches']), 'old').default_branch
    repo.git('-C', clone.dir, 'branch', '-q', 'old', 'origin/old')
    expect(await standing()).toMatchObject({ orphan: true })
    repo.git('-C', clone.dir, 'fetch', '-q', '--unshallow')
    expect(await standing()).toMatchObject({ ahead: 0, behind: 3, orphan: false, integration: { reason: 'ancestor' } })
  })

  test('grafts and replaced commits: as git sees them, and as before once they are gone', async () => {
    const repo = makeRepo('diverged')
    repo.git('commit-graph', 'write', '--reachable')
    const standing = async () => itemOf(await listJson(repo, ['--branches']), 'feature').default_branch
    const plain = await standing()
    expect(plain).toMatchObject({ ahead: 2, behind: 1 })
    repo.git('replace', '--graft', 'feature', 'main')
    expect(await standing()).toMatchObject({ ahead: 1, behind: 0 })
    repo.git('config', 'core.useReplaceRefs', 'false')
    expect(await standing()).toEqual(plain)
    repo.git('config', '--unset', 'core.useReplaceRefs')
    repo.git('replace', '-d', repo.oid('feature'))
    expect(await standing()).toEqual(plain)
    repo.write('.git/info/grafts', `${repo.oid('feature')}\n`)
    expect(await standing()).toMatchObject({ orphan: true })
    rmSync(join(repo.dir, '.git', 'info', 'grafts'))
    expect(await standing()).toEqual(plain)
  })

  test('a partial clone without its remote: nothing is fetched, nothing hangs, what can be told is', async () => {
    const repo = makeRepo('diverged')
    repo.git('config', 'uploadpack.allowFilter', 'true')
    const clone = cloned(repo, '--filter=blob:none', '--no-checkout')
    repo.git('-C', clone.dir, 'branch', '-q', 'feature', 'origin/feature')
    const log = join(repo.base, 'fetched')
    const fetcher = join(repo.base, 'fetcher')
    writeFileSync(fetcher, `#!/bin/sh\necho "$@" >> '${log}'\nexit 1\n`)
    chmodSync(fetcher, 0o755)
    repo.git('-C', clone.dir, 'config', 'remote.origin.uploadpack', fetcher)
    repo.git('-C', clone.dir, 'config', 'remote.origin.url', 'ext::sh -c "echo fetched >> fetched"')
    const env = { ...repo.env, GIT_ALLOW_PROTOCOL: 'file:ext' }
    const begun = Date.now()
    const { code, out, err } = await wt(clone, ['list', '--branches'], { env })
    expect({ code, trace: /\n\s+at /.test(err) }).toEqual({ code: 0, trace: false })
    expect(out).toMatch(/\/ feature .*↑2 ↓1/)
    expect(Date.now() - begun).toBeLessThan(10_000)
    expect(shell(clone, 'ls ../fetched fetched 2>/dev/null || true')).toBe('')
  })
})

test('settings that are meant for people change no answer', async () => {
  const [plain, hostile] = [standard(makeRepo('ahead')), standard(makeRepo('ahead'))]
  for (const repo of [plain, hostile])
    shell(repo, 'mkdir d; echo x > d/y; mv b.txt c.txt; git -C ../repo.feature mv feature.txt f; ')
  configureHostile(hostile)
  const answers = await Promise.all(
    [plain, hostile].map(async (repo) => {
      const { err, ...json } = await listJson(repo, ['--branches'])
      expect(err).not.toContain('▲')
      return JSON.stringify(json)
        .replaceAll(repo.base, '')
        .replace(/"short_sha":"\w+"|"statusline":"834ef44\w*/g, '')
    }),
  )
  expect(answers[1]).toBe(answers[0])
})
