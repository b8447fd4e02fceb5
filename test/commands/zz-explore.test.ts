import { mkdirSync, rmSync, writeFileSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { hasReftable } from '../support/git.ts'

const show = async (name: string, repo: TestRepo, words = ['list', '--branches'], o = {}) => {
  const { code, out, err } = await wt(repo, words, o)
  console.log(`##### ${name}: ${code}\n${out}--- err\n${err}`)
}
test('x', async () => {
  {
    const repo = makeRepo('ahead'); const p = repo.addWorktree('feature')
    repo.git('config','wt.default-branch','main')
    await show('plain', repo)
    rmSync(join(p), { recursive: true }); writeFileSync(p, 'file')
    await show('worktree dir is a file', repo)
  }
  {
    const repo = makeRepo('ahead'); repo.addWorktree('feature')
    mkdirSync(join(repo.dir, '.git/worktrees/half')); writeFileSync(join(repo.dir, '.git/worktrees/half/gitdir'), join(repo.base, 'half/.git\n'))
    writeFileSync(join(repo.dir, '.git/worktrees/half/HEAD'), '')
    await show('half-made', repo)
  }
  {
    const repo = makeRepo('ahead'); const p = repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git/worktrees/repo.feature/HEAD'), '')
    await show('empty HEAD linked, from main', repo)
    await show('empty HEAD linked, from it', repo, ['list'], { cwd: p })
  }
  {
    const repo = makeRepo('ahead'); repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git/HEAD'), '')
    await show('empty HEAD main, from main', repo)
    await show('from linked', repo, ['list'], {cwd: repo.dir+'.feature'})
  }
  {
    const repo = makeRepo('ahead'); const p = repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git/packed-refs'), 'garbage\n')
    await show('packed-refs', repo)
  }
  {
    const repo = makeRepo('ahead'); const p = repo.addWorktree('feature')
    writeFileSync(join(repo.dir, '.git/refs/heads/feature'), '')
    await show('empty loose ref', repo)
  }
  {
    const repo = makeRepo('ahead'); repo.addWorktree('feature')
    repo.git('config', 'core.bare', 'true')
    await show('stray bare', repo)
    await show('stray bare, from linked', repo, ['list'], {cwd: repo.dir+'.feature'})
  }
  {
    const repo = makeRepo('ahead', {}); const p = repo.addWorktree('feature')
    mkdirSync(join(repo.dir, 'd')); repo.commit('x', {files: {'d/a': '1\n', 'd/b':'2\n'}})
    rmSync(join(repo.dir,'d'), {recursive: true}); writeFileSync(join(repo.dir,'d'), 'now a file\n')
    await show('dir to file', repo)
  }
  {
    const repo = makeRepo('ahead', {}); repo.addWorktree('feature')
    renameSync(repo.dir, join(repo.base, 'moved')); symlinkSync(join(repo.base,'moved'), repo.dir)
    await show('moved behind link', repo, ['list'], { cwd: join(repo.base, 'moved') })
    await show('moved behind link, statusline', repo, ['list', 'statusline'], { cwd: join(repo.base, 'moved') })
  }
  {
    const repo = makeRepo('ahead', {}); const p = repo.addWorktree('feature')
    await show('20 columns', repo, ['list', '--branches'], { columns: 20 })
    await show('5 columns', repo, ['list', '--branches'], { columns: 5 })
    await show('1 columns', repo, ['list', '--branches'], { columns: 1 })
    await show('pathspec env', repo, ['list'], { env: { ...repo.env, GIT_GLOB_PATHSPECS: '1' } })
    await show('PATH with a file', repo, ['list'], { env: { ...repo.env, PATH: join(repo.dir,'README.md')+':'+repo.env['PATH'] } })
    await show('no git', repo, ['list'], { env: { ...repo.env, PATH: '/nonexistent' } })
    await show('bad option', repo, ['list', '--nope'])
    await show('extra arg', repo, ['list', 'nope'])
    await show('bad format', repo, ['list', '--format=xml'])
    await show('-C nowhere', repo, ['-C', '/nowhere', 'list'])
    await show('-C file', repo, ['-C', 'README.md', 'list'])
    await show('not a repo', repo, ['list'], { cwd: repo.base })
    await show('in .git', repo, ['list'], { cwd: join(repo.dir, '.git/refs') })
    await show('in linked gitdir', repo, ['list'], { cwd: join(repo.dir, '.git/worktrees/repo.feature') })
    await show('deleted cwd', repo, ['list'], { cwd: undefined, env: {...repo.env, PWD: join(repo.base, 'repo.gone')} })
  }
})
