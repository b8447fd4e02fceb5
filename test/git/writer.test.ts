import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { openWriter } from '../../src/git/writer.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const writerOf = (repo: TestRepo) => openWriter(repo.dir, repo.env)

describe('no is not yes', () => {
  // simple-git on its own resolves all of these as if git had succeeded: a non-zero exit code and not a word.
  test.each([
    ['merge-base --is-ancestor', ['merge-base', '--is-ancestor', 'feature', 'main']],
    ['diff --quiet', ['diff', '--quiet', 'feature', 'main']],
    ['show-ref --quiet', ['show-ref', '--verify', '--quiet', 'refs/heads/missing']],
    ['config --get', ['config', '--get', 'no.such']],
    ['rev-parse --quiet', ['rev-parse', '--verify', '--quiet', 'refs/heads/missing']],
  ])('%s', async (_, args) => {
    const writer = writerOf(makeRepo('ahead'))
    await expect(writer.write(args)).rejects.toMatchObject({ code: 'GIT_FAILED', cause: { code: 1 } })
    expect(await writer.write(args, { answers: [0, 1] })).toMatchObject({ code: 1, stderr: '' })
  })

  test('yes is yes', async () => {
    const writer = writerOf(makeRepo('ahead'))
    expect(await writer.write(['merge-base', '--is-ancestor', 'main', 'feature'])).toMatchObject({ code: 0 })
  })

  test('a conflict of merge-tree is told from a merge', async () => {
    const writer = writerOf(makeRepo('conflicting'))
    const merge = ['merge-tree', '--write-tree', 'main', 'feature']
    await expect(writer.write(merge)).rejects.toMatchObject({ code: 'GIT_FAILED', cause: { code: 1 } })
  })

  test('a git that a signal ended has not succeeded', async () => {
    const repo = makeRepo('basic')
    repo.hook('reference-transaction', 'kill -9 $PPID')
    await expect(writerOf(repo).write(['branch', 'new', 'main'])).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: 'git branch was ended by a signal',
    })
  })
})

describe('what a git is given', () => {
  test('input as bytes, output as bytes', async () => {
    const repo = makeRepo('basic')
    const bytes = Uint8Array.from([0, 0xff, 0x0a, 0xe9])
    const { stdout } = await writerOf(repo).write(['hash-object', '-w', '--stdin'], { input: bytes })
    const back = await writerOf(repo).write(['cat-file', 'blob', stdout.toString().trim()])
    expect(Uint8Array.from(back.stdout)).toEqual(bytes)
  })

  test('an input that ends, when there is none', async () => {
    const { stdout } = await writerOf(makeRepo('basic')).write(['hash-object', '--stdin'])
    expect(stdout.toString().trim()).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')
  })

  test("the user's own settings from the environment", async () => {
    const repo = makeRepo('basic')
    await writerOf(repo).write(['commit', '-q', '--allow-empty', '-m', 'x'], { env: { GIT_AUTHOR_NAME: 'Someone' } })
    expect(repo.git('log', '-1', '--format=%an by %cn')).toBe('Someone by Ada Example')
  })

  test('the editor of the environment, which simple-git would refuse', async () => {
    const repo = makeRepo('basic')
    repo.write('editor.sh', '#!/bin/sh\necho edited > "$1"\n')
    const writer = openWriter(repo.dir, { ...repo.env, GIT_EDITOR: `sh '${join(repo.dir, 'editor.sh')}'` })
    await writer.write(['commit', '-q', '--allow-empty'])
    expect(repo.git('log', '-1', '--format=%s')).toBe('edited')
  })

  test('not the repository that the caller was tied to', async () => {
    const [mine, other] = [makeRepo('basic'), makeRepo('basic')]
    const stray = { GIT_DIR: join(other.dir, '.git'), GIT_WORK_TREE: other.dir, GIT_INDEX_FILE: '/nowhere' }
    await openWriter(mine.dir, { ...mine.env, ...stray }).write(['branch', 'new', 'main'])
    expect(mine.git('branch', '--list', 'new')).not.toBe('')
    expect(other.git('branch', '--list', 'new')).toBe('')
  })

  test('abbreviated options in the scripts that it runs', async () => {
    const repo = makeRepo('basic')
    repo.hook('pre-commit', 'git status --porc > seen')
    await writerOf(repo).write(['commit', '-q', '--allow-empty', '-m', 'x'])
    expect(repo.git('status', '--porcelain')).toBe('?? seen')
  })
})

describe('what can go wrong', () => {
  test("git's reason is told", async () => {
    const failure = writerOf(makeRepo('basic')).write(['branch', 'new', 'no-such-commit'])
    await expect(failure).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: "git branch failed (exit code 128): not a valid object name: 'no-such-commit'",
    })
  })

  test('the directory is gone', async () => {
    const repo = makeRepo('basic')
    const gone = join(repo.base, 'gone') as AbsolutePath
    await expect(openWriter(gone, repo.env).write(['status'])).rejects.toMatchObject({ code: 'DIRECTORY_GONE' })
  })

  test('there is no git', async () => {
    const repo = makeRepo('basic')
    const writer = openWriter(repo.dir, { ...repo.env, PATH: join(repo.base, 'empty') })
    await expect(writer.write(['status'])).rejects.toMatchObject({ code: 'GIT_MISSING' })
  })

  test('a background child of a hook keeps the output open: git has ended all the same', async () => {
    const repo = makeRepo('basic')
    repo.hook('post-commit', 'sleep 20 & echo $! > ../sleeper')
    const begun = performance.now()
    try {
      await writerOf(repo).write(['commit', '-q', '--allow-empty', '-m', 'x'])
      expect(performance.now() - begun).toBeLessThan(10_000)
    } finally {
      repo.git('-c', 'alias.end=!kill $(cat ../sleeper)', 'end')
    }
  })
})

describe('a lock file', () => {
  test('that is released soon is waited for', async () => {
    const repo = makeRepo('basic')
    const lock = join(repo.dir, '.git/index.lock')
    writeFileSync(lock, '')
    setTimeout(() => rmSync(lock), 250)
    await writerOf(repo).write(['rm', '-q', '--cached', 'a.txt'])
    expect(repo.git('ls-files', 'a.txt')).toBe('')
  })

  test('that others take in turn is waited for longer, as they get on with their work', async () => {
    const repo = makeRepo('basic')
    const lock = join(repo.dir, '.git/index.lock')
    writeFileSync(lock, '')
    const others = setInterval(() => {
      rmSync(lock)
      writeFileSync(lock, '')
    }, 300)
    setTimeout(() => {
      clearInterval(others)
      rmSync(lock)
    }, 2_500)
    await writerOf(repo).write(['rm', '-q', '--cached', 'a.txt'])
    expect(repo.git('ls-files', 'a.txt')).toBe('')
  })

  test.each([
    ['index.lock', ['rm', '-q', '--cached', 'a.txt']],
    ['config.lock', ['config', 'some.key', 'value']],
  ])('%s left behind by the dead is named, with what to do', async (name, args) => {
    const repo = makeRepo('basic')
    const spaced = join(repo.base, "it's here")
    mkdirSync(spaced)
    writeFileSync(join(repo.dir, '.git', name), '')
    await expect(writerOf(repo).write(args)).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringMatching(new RegExp(`^git ${args[0]} failed: \\S*\\.git/${name} is held by another git`)),
      hint: expect.stringMatching(new RegExp(`^if no git is running there: rm '.*\\.git/${name}'$`)),
    })
  })

  test('is recognised whatever language the user speaks', async () => {
    const repo = makeRepo('basic')
    writeFileSync(join(repo.dir, '.git/index.lock'), '')
    const writer = openWriter(repo.dir, { ...repo.env, LANGUAGE: 'de:fr' })
    await expect(writer.write(['rm', '-q', '--cached', 'a.txt'])).rejects.toMatchObject({
      message: expect.stringMatching(/index\.lock is held/),
    })
  })
})
