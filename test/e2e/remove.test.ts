import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { branchesOf, keptOf, trashOf, worktreesOf } from '../support/removing.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt, startBuilt } from './built.ts'
import { isAlive, loggingGit } from './git-shim.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const until = async (condition: () => boolean): Promise<void> => {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('it never came to that')
    await sleep(10)
  }
}

const withWorktrees = (...names: readonly string[]): TestRepo => {
  const repo = makeRepo('basic')
  repo.git('branch', '-q', '-D', 'topic')
  repo.commit('ignore', { files: { '.gitignore': '*.log\n' } })
  for (const name of names) repo.addWorktree(name, { from: 'main' })
  return repo
}

describe('wt remove, as a process', () => {
  test('the directory is gone at once; what is left of it goes in the background, and what is kept stays', async () => {
    const repo = withWorktrees('a')
    writeFileSync(`${repo.dir}.a/x.log`, 'kept')
    const { code, stderr } = await runBuilt(wt, ['remove', 'a'], { cwd: repo.dir, env: repo.env })
    expect(code, stderr).toBe(0)
    expect(existsSync(`${repo.dir}.a`)).toBe(false)
    expect(branchesOf(repo)).toEqual(['main'])
    await until(() => trashOf(repo).length === 0)
    await until(() => keptOf(repo)[0]?.settled !== undefined)
    expect(keptOf(repo)[0]?.files).toEqual({ 'x.log': 'kept' })
  })

  test('--foreground comes back when the files are gone', async () => {
    const repo = withWorktrees('a', 'b')
    await runBuilt(wt, ['remove', 'a', 'b', '--foreground'], { cwd: repo.dir, env: repo.env })
    expect(trashOf(repo)).toEqual([])
    expect(keptOf(repo).every(({ settled }) => settled !== undefined)).toBe(true)
  })

  test('from inside: the shell is told where to go, and its directory stays valid for a moment', async () => {
    const repo = withWorktrees('a')
    const path = `${repo.dir}.a`
    repo.commit('dir', { files: { 'apps/x/f': '1\n' } })
    repo.git('-C', path, 'merge', '-q', 'main')
    const cd = join(repo.base, 'cd')
    writeFileSync(cd, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: cd }
    const { code, stderr } = await runBuilt(wt, ['remove'], { cwd: join(path, 'apps', 'x'), env })
    expect(code, stderr).toBe(0)
    expect(readFileSync(cd, 'utf8')).toBe(`${join(repo.dir, 'apps', 'x')}\n`)
    expect(readdirSync(path)).toEqual([])
    await until(() => !existsSync(path))
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('from inside, without a wrapper: the way is named', async () => {
    const repo = withWorktrees('a')
    const { stderr } = await runBuilt(wt, ['remove'], { cwd: `${repo.dir}.a`, env: repo.env })
    expect(stderr).toContain(`cannot change directory to ${repo.dir}`)
  })

  test('from inside a directory whose name is not UTF-8: nothing is left of it', async () => {
    const repo = withWorktrees()
    const path = Buffer.from(`${repo.base}/odd\n\xff`, 'latin1')
    const link = join(repo.base, 'link')
    symlinkSync(path, link)
    spawnSync('sh', ['-c', 'git -C "$0" worktree add -q -b odd "$(readlink "$1")"', repo.dir, link], { env: repo.env })
    const { code, stderr } = await runBuilt(wt, ['remove'], { cwd: link, env: repo.env })
    expect(code, stderr).toBe(0)
    expect(existsSync(link)).toBe(false)
    expect(branchesOf(repo)).toEqual(['main'])
    expect(trashOf(repo)).toEqual([])
  })

  test('a refusal tells the shell nothing', async () => {
    const repo = withWorktrees('a')
    writeFileSync(`${repo.dir}.a/new`, '')
    const cd = join(repo.base, 'cd')
    writeFileSync(cd, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: cd }
    expect((await runBuilt(wt, ['remove'], { cwd: `${repo.dir}.a`, env })).code).toBe(1)
    expect(readFileSync(cd, 'utf8')).toBe('')
  })

  test('few processes: refs, one status, one transaction, the refs again', async () => {
    const repo = withWorktrees('a', 'b')
    const shim = loggingGit(repo.env)
    const run = async (name: string): Promise<readonly string[]> => {
      shim.take()
      await runBuilt(wt, ['remove', name, '--foreground'], { cwd: repo.dir, env: shim.env })
      return shim
        .take()
        .map((line) => /(?:^| )(version|config|for-each-ref|status|update-ref)\b/.exec(line)?.[1] ?? line)
    }
    const cold = await run('a')
    expect(cold.length).toBeLessThanOrEqual(6)
    await sleep(120)
    await runBuilt(wt, ['list'], { cwd: repo.dir, env: shim.env })
    expect(await run('b')).toEqual(['for-each-ref', 'status', 'update-ref', 'for-each-ref'])
  })

  test('many at once, of one repository: each goes, none fails', async () => {
    const names = ['a', 'b', 'c', 'd']
    const repo = withWorktrees(...names)
    const ends = await Promise.all(
      names.map((name) => runBuilt(wt, ['remove', name], { cwd: repo.dir, env: repo.env })),
    )
    expect(ends.map(({ code, stderr }) => ({ code, errors: stderr.match(/✗.*/g) }))).toEqual(
      names.map(() => ({ code: 0, errors: null })),
    )
    expect(worktreesOf(repo)).toEqual([])
    expect(branchesOf(repo)).toEqual(['main'])
    await until(() => trashOf(repo).length === 0)
  })

  test('one worktree twice at once: it goes once, and nothing else does', async () => {
    const repo = withWorktrees('a', 'keep')
    writeFileSync(`${repo.dir}.a/x.log`, 'kept')
    const run = () => runBuilt(wt, ['remove', 'a', '--foreground'], { cwd: repo.dir, env: repo.env })
    const ends = await Promise.all([run(), run()])
    expect(ends.map(({ code }) => code)).toContain(0)
    expect(worktreesOf(repo)).toEqual(['repo.keep'])
    expect(branchesOf(repo)).toEqual(['keep', 'main'])
    expect(keptOf(repo).filter(({ files }) => files['x.log'] === 'kept')).toHaveLength(1)
  })

  test('kill -9 at any moment: the same command finishes it, and nothing is lost', async () => {
    for (let round = 0; round < 8; round++) {
      const repo = withWorktrees('a')
      writeFileSync(`${repo.dir}.a/x.log`, 'kept')
      const run = startBuilt(wt, ['remove', 'a', '--foreground'], { cwd: repo.dir, env: repo.env })
      await sleep(30 + round * 25)
      run.child.kill('SIGKILL')
      await run.ended
      const locks = () => readdirSync(join(repo.dir, '.git')).filter((name) => name.endsWith('.lock'))
      // That of the configuration is of wt itself, and the next run frees it.
      await until(() => locks().every((name) => name === 'config.lock'))
      if (branchesOf(repo).includes('a')) {
        const again = await runBuilt(wt, ['remove', 'a', '--foreground'], { cwd: repo.dir, env: repo.env })
        // The git of the one that was killed may have been about to delete it.
        expect(again.code === 0 || !branchesOf(repo).includes('a'), again.stderr).toBe(true)
      }
      repo.addWorktree('next', { from: 'main' })
      await runBuilt(wt, ['remove', 'next', '--foreground'], { cwd: repo.dir, env: repo.env })
      expect(worktreesOf(repo)).toEqual([])
      expect(branchesOf(repo)).toEqual(['main'])
      expect(locks()).toEqual([])
      expect(trashOf(repo)).toEqual([])
      expect(keptOf(repo).some(({ files }) => files['x.log'] === 'kept')).toBe(true)
    }
  }, 60_000)

  test.skipIf(process.platform !== 'linux')('--reap ends who works there, and nobody else', async () => {
    const repo = withWorktrees('a', 'ab')
    mkdirSync(`${repo.dir}.a/sub`)
    const sleeper = (cwd: string) => spawn('sleep', ['60'], { cwd, detached: true, stdio: 'ignore' })
    const [inside, beside] = [sleeper(`${repo.dir}.a/sub`), sleeper(`${repo.dir}.ab`)]
    try {
      const { code, stderr } = await runBuilt(wt, ['remove', 'a', '--reap'], { cwd: repo.dir, env: repo.env })
      expect(code, stderr).toBe(0)
      expect(stderr).toContain(`${inside.pid}`)
      await until(() => !isAlive(inside.pid ?? 0))
      expect(isAlive(beside.pid ?? 0)).toBe(true)
      const none = await runBuilt(wt, ['remove', 'ab', '--reap', '--dry-run'], { cwd: repo.dir, env: repo.env })
      expect(none.code).toBe(0)
      expect(isAlive(beside.pid ?? 0)).toBe(true)
    } finally {
      for (const { pid } of [inside, beside]) spawnSync('kill', ['-9', String(pid)])
    }
  })

  test('where the trash can’t be used, the worktree waits beside its old place', async () => {
    const repo = withWorktrees('a')
    writeFileSync(`${repo.dir}.a/x.log`, 'kept')
    mkdirSync(join(repo.dir, '.git', 'wt'), { recursive: true })
    writeFileSync(join(repo.dir, '.git', 'wt', 'trash'), '')
    const { code, stderr } = await runBuilt(wt, ['remove', 'a'], { cwd: repo.dir, env: repo.env })
    expect(code, stderr).toBe(0)
    expect(existsSync(`${repo.dir}.a`)).toBe(false)
    await until(() => readdirSync(repo.base).every((name) => !name.includes('wt-trash')))
    expect(keptOf(repo)[0]?.files).toEqual({ 'x.log': 'kept' })
    expect(statSync(join(repo.dir, '.git', 'wt', 'trash')).isFile()).toBe(true)
  })
})
