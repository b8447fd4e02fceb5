import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { ready } from '../support/graceful.ts'
import type { TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const fileOf = (gitDir: string): string => join(gitDir, 'wt-prompt')

const mainGit = (repo: TestRepo): string => join(repo.dir, '.git')
const linkedGit = (repo: TestRepo, id: string): string => join(mainGit(repo), 'worktrees', id)

/** The fields of a kept line; undefined when there is none. */
const kept = (gitDir: string): readonly string[] | undefined => {
  if (!existsSync(fileOf(gitDir))) return undefined
  const text = readFileSync(fileOf(gitDir), 'utf8')
  expect(text.endsWith('\n')).toBe(true)
  return text.slice(0, -1).split('\x1f')
}

const now = Date.now

describe('wt list statusline --prompt', () => {
  test('keeps the line with what it hangs on, older than all of it, and prints nothing', async () => {
    const repo = ready('tracking')
    const dir = repo.addWorktree('feature')
    const began = Date.now()
    expect(await wt(repo, ['list', 'statusline', '--prompt'], { cwd: dir, now })).toEqual({ code: 0, out: '', err: '' })
    const [head, born, refs, line] = kept(linkedGit(repo, 'repo.feature')) ?? []
    expect(head).toBe('ref: refs/heads/feature')
    expect(Number(born) * 1000).toBeGreaterThanOrEqual(began)
    expect(refs?.split(' ')).toEqual([
      'refs/heads/feature',
      'refs/remotes/origin/feature',
      'refs/heads/main',
      'refs/remotes/origin/main',
    ])
    expect(line?.replace(/\x1e[0-9;]*\x1d/g, '')).toBe('feature  ↕|  ↑2 ↓1  ^+2')
    expect(line).toMatch(/\x1e32\x1d/)
    const { mtimeMs } = statSync(fileOf(linkedGit(repo, 'repo.feature')))
    expect(mtimeMs).toBeLessThanOrEqual(Number(born) * 1000 - 9)
    expect(readdirSync(linkedGit(repo, 'repo.feature')).filter((name) => name.startsWith('wt-'))).toEqual(['wt-prompt'])
    expect(kept(mainGit(repo))).toBeUndefined()
  })

  test('nowhere: nothing; in a bare layout’s root: an empty line', async () => {
    const repo = ready('ahead')
    expect(await wt(repo, ['list', 'statusline', '--prompt'], { cwd: repo.base })).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    shell(repo, 'git clone -q --bare . ../project/.git')
    const project = join(repo.base, 'project')
    expect((await wt(repo, ['list', 'statusline', '--prompt'], { cwd: project })).code).toBe(0)
    expect(kept(join(project, '.git'))?.[3]).toBe('')
  })

  test('a directory in the way, or one that can’t be written: nothing happens', async () => {
    const repo = ready('ahead')
    mkdirSync(fileOf(mainGit(repo)))
    expect(await wt(repo, ['list', 'statusline', '--prompt'])).toEqual({ code: 0, out: '', err: '' })
    expect(readdirSync(mainGit(repo)).filter((name) => name.startsWith('wt-'))).toEqual(['wt-prompt'])
    rmSync(fileOf(mainGit(repo)), { recursive: true })
    chmodSync(mainGit(repo), 0o555)
    expect(await wt(repo, ['list', 'statusline', '--prompt'])).toEqual({ code: 0, out: '', err: '' })
    chmodSync(mainGit(repo), 0o755)
  })

  test('HEAD moves while it looks: no line is kept of what was', async () => {
    const repo = ready('ahead')
    const bin = join(repo.base, 'bin')
    mkdirSync(bin)
    const real = shell(repo, 'command -v git').trim()
    // By rename: another git reads it at that moment.
    const head = join(mainGit(repo), 'HEAD')
    writeFileSync(
      join(bin, 'git'),
      `#!/bin/sh\ncase " $* " in *' status '*) echo 'ref: refs/heads/topic' > '${head}.new'; mv '${head}.new' '${head}' ;; esac\nexec '${real}' "$@"\n`,
    )
    chmodSync(join(bin, 'git'), 0o755)
    const env = { ...repo.env, PATH: `${bin}:${repo.env['PATH']}` }
    const { code, err } = await wt(repo, ['list', 'statusline', '--prompt'], { env })
    expect(code, err).toBe(0)
    expect(kept(mainGit(repo))).toBeUndefined()
  })
})

describe('on the way out', () => {
  test('a list keeps the lines of all worktrees that a prompt has asked about, and of no other', async () => {
    const repo = ready('ahead')
    const asked = repo.addWorktree('feature')
    repo.addWorktree('topic')
    await wt(repo, ['list', 'statusline', '--prompt'], { cwd: asked, now })
    const before = kept(linkedGit(repo, 'repo.feature'))
    shell({ dir: asked, env: repo.env }, 'git checkout -q -b other; echo x > new; git add new')
    for (const words of [['list'], ['list', '--json'], ['list', 'statusline', '-C', asked]]) {
      writeFileSync(fileOf(linkedGit(repo, 'repo.feature')), '')
      expect((await wt(repo, words, { now })).code).toBe(0)
      const [head, , refs, line] = kept(linkedGit(repo, 'repo.feature')) ?? []
      expect(head).toBe('ref: refs/heads/other')
      expect(refs).toBe('refs/heads/other refs/heads/main')
      expect(line?.replace(/\x1e[0-9;]*\x1d/g, '')).toMatch(/^other {2}\+⚐?↑ {2}@\+1/)
    }
    expect(before?.[0]).toBe('ref: refs/heads/feature')
    expect(kept(mainGit(repo))).toBeUndefined()
    expect(kept(linkedGit(repo, 'repo.topic'))).toBeUndefined()
  })

  test('a list that did not learn everything keeps nothing', async () => {
    const repo = ready('diverged')
    repo.git('checkout', '-q', 'feature')
    writeFileSync(fileOf(mainGit(repo)), '')
    const bin = join(repo.base, 'bin')
    mkdirSync(bin)
    const real = shell(repo, 'command -v git').trim()
    writeFileSync(join(bin, 'git'), `#!/bin/sh\ncase " $* " in *' status '*) exit 1 ;; esac\nexec '${real}' "$@"\n`)
    chmodSync(join(bin, 'git'), 0o755)
    const env = { ...repo.env, PATH: `${bin}:${repo.env['PATH']}` }
    expect((await wt(repo, ['list'], { env })).code).toBe(0)
    expect(readFileSync(fileOf(mainGit(repo)), 'utf8')).toBe('')
  })
})

describe('wt config shell prompt', () => {
  test.each(['bash', 'zsh', 'fish', 'sh'])('%s: code that calls wt by the name it is given', async (name) => {
    const repo = ready('ahead')
    const { code, out, err } = await wt(repo, ['config', 'shell', 'prompt', name, '--cmd', 'git-wt'], { cwd: '/' })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('git-wt list statusline --prompt')
    expect(out).not.toMatch(/REFRESH|\bWT list|@1[DEF]/)
  })

  test('another shell, or a name that is none', async () => {
    const repo = ready('ahead')
    for (const words of [['csh'], [], ['bash', '--cmd', 'a b'], ['bash', '--cmd', "'"], ['bash', '--cmd', '-x']]) {
      const { code, out, err } = await wt(repo, ['config', 'shell', 'prompt', ...words])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toMatch(/^✗ /)
    }
  })
})
