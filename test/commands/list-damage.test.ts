import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hangingGit, isAlive } from '../e2e/git-shim.ts'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { expectGraceful, ready } from '../support/graceful.ts'
import { shell } from '../support/shell.ts'

describe('a damaged part: a marked row or a warning, the rest stays, exit code 0', () => {
  test('half-made and broken registrations', async () => {
    const repo = ready()
    repo.addWorktree('feature')
    const store = join(repo.dir, '.git', 'worktrees')
    mkdirSync(join(store, "ha'lf"))
    writeFileSync(join(store, "ha'lf", 'gitdir'), `${repo.base}/half/.git\n`)
    writeFileSync(join(store, "ha'lf", 'HEAD'), '0000000000000000000000000000000000000000\n')
    const answer = await wt(repo, ['list'])
    expectGraceful(answer, 0)
    expect(answer.out).toMatch(/\+ half +⊟ /)
    expect(answer.err).toContain(`rm -r '${store}/ha'\\''lf'`)
    expect(answer.out).toMatch(/\+ feature +↑ /)
    const item = (await listJson(repo)).items.find(({ worktree }) => worktree?.broken !== undefined)
    expect(item).toMatchObject({ branch: null, head: null, worktree: { changes: null, operation: null } })
  })

  test('the worktree at hand has no HEAD: the others are listed, from in it', async () => {
    const repo = ready()
    const path = repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git', 'worktrees', 'repo.feature', 'HEAD'), '')
    const answer = await wt(repo, ['list'], { cwd: path })
    expectGraceful(answer, 0)
    expect(answer.out).toMatch(/@ repo\.feature +⊟/)
    expect(answer.out).toMatch(/\^ main +\^ /)
  })

  test('the main worktree’s HEAD is damaged: no command that would remove the repository is proposed', async () => {
    const repo = ready()
    const path = repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git', 'HEAD'), 'garbage')
    const answer = await wt(repo, ['list'], { cwd: path })
    expectGraceful(answer, 0)
    expect(answer.err).not.toMatch(/\brm\b/)
    expect(answer.err).toContain(`it should name a branch: ${repo.dir}/.git/HEAD`)
  })

  test('a file where a worktree was, a worktree that is gone, a locked one that is gone', async () => {
    const repo = ready()
    const [file, gone] = [repo.addWorktree('feature'), repo.addWorktree('topic')]
    const locked = repo.addWorktree('locked', { from: 'main' })
    repo.git('worktree', 'lock', '--reason', 'on a stick', locked)
    for (const path of [file, gone, locked]) rmSync(path, { recursive: true })
    writeFileSync(file, 'a file')
    const answer = await wt(repo, ['list'])
    expectGraceful(answer, 0)
    expect(answer.err).not.toContain('▲')
    expect(answer.out).toMatch(/\+ feature +⊟ +\.\.\/repo\.feature/)
    expect(answer.out).toMatch(/\+ topic +⊟ /)
    expect(answer.out).toMatch(/\+ locked +⊞_ /)
    expect(answer.out).not.toContain('·')
    const { items } = await listJson(repo)
    expect(items.find(({ branch }) => branch === 'locked')?.worktree).toMatchObject({
      locked: { reason: 'on a stick' },
    })
    expect(items.find(({ branch }) => branch === 'topic')?.worktree).toMatchObject({
      prunable: { reason: 'gitdir file points to non-existent location' },
      changes: null,
    })
  })

  test('a ref that can’t be read', async () => {
    const repo = ready()
    repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git', 'refs', 'heads', 'feature'), '')
    writeFileSync(join(repo.dir, '.git', 'refs', 'heads', 'other'), 'garbage\n')
    const answer = await wt(repo, ['list', '--branches'])
    expectGraceful(answer, 0)
    expect(answer.err).toContain('ignoring broken ref refs/heads/feature')
    expect(answer.err).toContain('ignoring broken ref refs/heads/other')
    expect(answer.out).toMatch(/\+ feature +⊟ /)
  })

  test('objects that are missing: the cells of those rows stay open, the others are filled', async () => {
    const repo = ready('diverged')
    repo.git('branch', 'fine', 'main~1')
    repo.git('checkout', '-q', 'fine')
    repo.commit('fine', { files: { fine: '1\n' } })
    repo.git('checkout', '-q', 'main')
    const blob = repo.git('rev-parse', 'feature:feature.txt')
    shell(repo, `rm .git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`)
    for (let run = 0; run < 2; run++) {
      const answer = await wt(repo, ['list', '--branches'])
      expectGraceful(answer, 0)
      expect(answer.out).toMatch(/\/ fine +\/[↑↕] .*\+1 /)
      const listed = await listJson(repo, ['--branches'])
      expect(itemOf(listed, 'fine').default_branch).toMatchObject({
        diff: { added: 1, deleted: 0 },
        merge_conflicts: false,
      })
      expect(itemOf(listed, 'feature').default_branch).toMatchObject({
        ahead: 2,
        behind: 1,
        diff: null,
        merge_conflicts: false,
      })
    }
  })

  test('an unreadable index', async () => {
    const repo = ready()
    const path = repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git', 'worktrees', 'repo.feature', 'index'), 'garbage')
    const answer = await wt(repo, ['list'])
    expectGraceful(answer, 0)
    expect(answer.err).toContain(`status of ${path}: git status failed`)
    expect(answer.out).toMatch(/\+ feature .*·/)
    expect(itemOf(await listJson(repo), 'feature').worktree?.changes).toBeNull()
  })

  test('a status that hangs: bounded, its whole process group ended, the row stays open', async () => {
    const repo = ready()
    const { env, take } = hangingGit(repo.env)
    const begun = Date.now()
    const answer = await wt(repo, ['list', '--config-set', 'list.timeout-ms=400'], { env })
    expectGraceful(answer, 0)
    expect(Date.now() - begun).toBeLessThan(8000)
    expect(answer.err).toContain('timed out')
    expect(answer.out).toMatch(/@ main .*·/)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const pids = take().flatMap((line) => line.split(' ').map(Number))
    expect(pids.length).toBeGreaterThan(1)
    expect(pids.filter(isAlive)).toEqual([])
    expect(
      (await listJson(repo, ['--config-set', 'list.timeout-ms=400'], { env })).items[0]?.worktree?.changes,
    ).toBeNull()
  })

  test('a broken user configuration and a broken project file: a warning each, and the list', async () => {
    const repo = ready()
    mkdirSync(join(repo.base, 'home', '.config', 'wt'), { recursive: true })
    writeFileSync(join(repo.base, 'home', '.config', 'wt', 'config.toml'), 'x = \u001b[31m')
    repo.write('.config/wt.toml', '[list\n')
    const answer = await wt(repo, ['list'], { env: { ...repo.env, WT_LIST__FULL: 'maybe' } })
    expectGraceful(answer, 0)
    expect(answer.err.match(/▲/g)).toHaveLength(3)
    expect(answer.err + answer.out).not.toContain('\u001b')
    expect(answer.out).toContain('@ main')
  })
})
