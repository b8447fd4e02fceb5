import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { type FactFile, openFactFile } from '../../src/git/facts/fact-file.ts'

const HEADING = 'facts sha1 auto'

const newPath = (): string => join(mkdtempSync(join(inject('tempRoot'), 'facts-')), 'deep', 'facts')

const open = (path: string, heading = HEADING): FactFile => openFactFile(path, heading)

const put = (path: string, entries: Iterable<readonly [string, unknown]>, heading = HEADING): void => {
  const file = open(path, heading)
  for (const [key, value] of entries) file.set(key, value)
  file.save()
}

/** Keys as there are: ids behind a letter, names of worktrees in JSON; many of them beginning alike. */
const key = fc.oneof(
  fc.stringMatching(/^[rlmcp][0-9a-f]{1,6}$/),
  fc.string({ unit: 'binary', maxLength: 8 }).map((name) => `w${JSON.stringify(name)} lines`),
)
const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })).filter((each) => each !== undefined)

describe('the fact file', () => {
  test('remembers like a map, over any number of runs', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(key, value), { maxLength: 30 }), { maxLength: 5 }), (runs) => {
        const path = newPath()
        const known = new Map<string, unknown>()
        for (const run of runs) {
          put(path, run)
          for (const [name, each] of run) known.set(name, each)
        }
        const file = open(path)
        for (const [name, each] of known) expect(file.get(name)).toEqual(JSON.parse(JSON.stringify(each)))
        for (const name of known.keys())
          expect(file.get(`${name}0`)).toEqual(known.has(`${name}0`) ? known.get(`${name}0`) : undefined)
        expect(file.get('')).toBeUndefined()
        expect(file.get('~')).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  test('is of use for its own heading only', () => {
    const path = newPath()
    put(path, [['a', 1]])
    expect(open(path).get('a')).toBe(1)
    for (const other of ['facts sha1 aut', 'facts sha1 auto ', 'x', '', 'facts sha1 auto 1'])
      expect(open(path, other).get('a')).toBeUndefined()
  })

  test('a file that is torn, cut, longer than it says, or of another kind holds nothing, and is replaced', () => {
    const path = newPath()
    const entries = Array.from({ length: 50 }, (_, at): [string, unknown] => [`r${at}`, { at }])
    put(path, entries)
    const { size } = statSync(path)
    const damages: readonly (() => void)[] = [
      () => truncateSync(path, size - 1),
      () => truncateSync(path, size >> 1),
      () => truncateSync(path, 3),
      () => truncateSync(path, 0),
      () => appendFileSync(path, 'r9\t1\n'),
      () => writeFileSync(path, Buffer.alloc(size)),
      () => writeFileSync(path, '\n\n\n'),
      () => writeFileSync(path, readFileSync(path, 'latin1').replace(HEADING, 'facts sha9 auto'), 'latin1'),
    ]
    for (const damage of damages) {
      put(path, entries)
      damage()
      for (const [name] of entries) expect(open(path).get(name)).toBeUndefined()
      put(path, [['r1', 'new']])
      expect(open(path).get('r1')).toBe('new')
    }
  })

  test('a value that is no JSON is a miss, the others stay', () => {
    const path = newPath()
    put(path, [
      ['a', 1],
      ['b', 22],
      ['c', 3],
    ])
    writeFileSync(path, readFileSync(path, 'utf8').replace('b\t22', 'b\t2}'))
    const file = open(path)
    expect([file.get('a'), file.get('b'), file.get('c')]).toEqual([1, undefined, 3])
  })

  test('writers at once: the file stays whole, and what was there before stays in it', () => {
    const path = newPath()
    put(path, [['a', 0]])
    const files = Array.from({ length: 5 }, () => open(path))
    files.forEach((file, at) => {
      file.get('a')
      file.set(`w${at}`, at)
    })
    for (const file of files) file.save()
    const after = open(path)
    expect(after.get('a')).toBe(0)
    expect(files.map((_, at) => after.get(`w${at}`))).toEqual([0, 1, 2, 3, 4])
  })

  test('what is set without a look at the file does not empty it', () => {
    const path = newPath()
    put(path, [['a', 1]])
    put(path, [['b', 2]])
    expect(open(path).get('a')).toBe(1)
  })

  test('grows no further than its bound, and keeps what the last run has used', () => {
    const path = newPath()
    for (let run = 0; run < 6; run++)
      put(
        path,
        Array.from({ length: 9000 }, (_, at) => [`r${run}-${at}`, at]),
      )
    expect(readFileSync(path, 'latin1').split('\n').length).toBeLessThan(40_010)
    expect(open(path).get('r5-8999')).toBe(8999)
  })

  test('a place that can’t be written is no failure', () => {
    const path = newPath()
    writeFileSync(join(path, '..', '..', 'deep'), 'in the way')
    put(path, [['a', 1]])
    expect(open(path).get('a')).toBeUndefined()
    const directory = newPath()
    mkdirSync(directory, { recursive: true })
    put(directory, [['a', 1]])
    expect(open(directory).get('a')).toBeUndefined()
  })
})
