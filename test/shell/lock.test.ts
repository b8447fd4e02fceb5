import { existsSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, inject, test } from 'vitest'
import { withLock } from '../../src/shell/install/lock.ts'

let file = ''
beforeEach(() => {
  file = join(mkdtempSync(join(inject('tempRoot'), 'lock-')), 'rc')
})

describe('the lock beside a start-up file', () => {
  test('is there while something is done, and gone after a failure too', () => {
    expect(withLock(file, () => existsSync(`${file}.wt-lock`))).toBe(true)
    expect(() =>
      withLock(file, () => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(existsSync(`${file}.wt-lock`)).toBe(false)
  })

  test('of a process that has ended, or an old one, holds nobody up', () => {
    writeFileSync(`${file}.wt-lock`, '999999999')
    expect(withLock(file, () => 'done')).toBe('done')
    writeFileSync(`${file}.wt-lock`, String(process.pid))
    utimesSync(`${file}.wt-lock`, 1, 1)
    expect(withLock(file, () => 'done')).toBe('done')
  })

  test('of a process that runs is waited for, then named', () => {
    writeFileSync(`${file}.wt-lock`, String(process.pid))
    expect(() => withLock(file, () => 'done')).toThrow(/another wt holds .*rc\.wt-lock/)
    expect(existsSync(`${file}.wt-lock`)).toBe(true)
  })
})
