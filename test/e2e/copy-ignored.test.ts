import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { setUpCopy } from '../support/copy-ignored.ts'
import { copyBuilt, start, startBuilt } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const STRACE = 'strace'
const hasStrace = spawnSync(STRACE, ['-V']).status === 0
const WORDS = ['step', 'copy-ignored', '--json']

describe.skipIf(!hasStrace)('strace: a system that denies', () => {
  test.each([
    ['to share storage', ['-e', 'inject=ioctl:error=EPERM']],
    ['to copy in the kernel', ['-e', 'inject=ioctl,copy_file_range,sendfile:error=EPERM']],
  ])('%s has the bytes copied', async (_, inject) => {
    const { repo, to } = setUpCopy({ 'a.env': 'A', 'build/x': 'X' })
    const options = [
      '-f',
      '-qq',
      '-o',
      join(repo.base, 'trace'),
      '-e',
      'trace=ioctl,copy_file_range,sendfile',
      ...inject,
    ]
    const { code, stdout, stderr } = await start(STRACE, [...options, process.execPath, wt, ...WORDS], {
      cwd: to,
      env: repo.env,
    }).ended
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ files: 2, reflinked: 0, written: 2 })
    expect(readFileSync(join(to, 'build/x'), 'utf8')).toBe('X')
    expect(statSync(join(to, 'a.env')).mtimeMs).toBeCloseTo(statSync(join(repo.dir, 'a.env')).mtimeMs, 1)
  })
})

describe('many files', () => {
  test('interrupted, it leaves whole files only, and the next run completes them', async () => {
    const { repo, to } = setUpCopy({})
    const text = 'x'.repeat(200_000)
    mkdirSync(join(repo.dir, 'build'))
    for (let at = 0; at < 600; at++) writeFileSync(join(repo.dir, 'build', `f${at}`), text)
    const { child, ended } = startBuilt(wt, WORDS, { cwd: to, env: repo.env })
    const copied = (): readonly string[] => {
      try {
        return readdirSync(join(to, 'build'))
      } catch {
        return []
      }
    }
    while (copied().length < 20 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
    child.kill('SIGINT')
    expect((await ended).signal).toBe('SIGINT')
    const names = copied()
    expect(names.length).toBeLessThan(600)
    expect(names.filter((name) => !/^f\d+$/.test(name))).toEqual([])
    expect(names.filter((name) => statSync(join(to, 'build', name)).size !== text.length)).toEqual([])
    expect((await startBuilt(wt, WORDS, { cwd: to, env: repo.env }).ended).code).toBe(0)
    expect(copied()).toHaveLength(600)
  })
})
