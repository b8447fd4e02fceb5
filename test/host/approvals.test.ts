import { lstatSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { approvedFor, changeApprovals, clearApprovals, readApprovals } from '../../src/host/approvals.ts'

const place = (text?: string): string => {
  const path = join(mkdtempSync(join(inject('tempRoot'), 'approvals-')), 'approvals.toml')
  if (text !== undefined) writeFileSync(path, text)
  return path
}

const ID = 'github.com/acme/app'
const add =
  (...texts: readonly string[]) =>
  (known: readonly string[]): readonly string[] => [...known, ...texts]

describe('changing', () => {
  test('a file that is not there, and every kind of text', async () => {
    const path = place()
    const texts = ['npm test', 'a "b" \\ \'c\'', 'two\nlines\t', '{{ branch }} é 😀 \u007f\u0001', ']']
    await changeApprovals(path, ID, add(...texts))
    expect(approvedFor(await readApprovals(path), ID)).toEqual(texts)
    expect(readFileSync(path, 'utf8').startsWith(`[projects."${ID}"]\napproved-commands = [\n    "npm test",\n`)).toBe(
      true,
    )
  })

  test('keeps everything else as it is', async () => {
    const before = [
      '# mine',
      '[projects."other"] # why',
      "approved-commands = ['x', # the x",
      '  "[projects.\\"fake\\"]",',
      ']',
      '',
      `[projects.'${ID}']`,
      '# above',
      'approved-commands = [ "a" ] # behind',
      '# below',
      '',
      '[projects."last"]',
      'approved-commands = []',
      '',
    ].join('\n')
    const path = place(before)
    await changeApprovals(path, ID, add('b'))
    expect(readFileSync(path, 'utf8')).toBe(
      before.replace('approved-commands = [ "a" ] # behind', 'approved-commands = [\n    "a",\n    "b",\n]'),
    )
    const { projects } = await readApprovals(path)
    expect(projects?.get('other')).toEqual(['x', '[projects."fake"]'])
  })

  test('a project that is new goes to the end; one without commands goes', async () => {
    const path = place('[projects."other"]\napproved-commands = ["x"]\n')
    await changeApprovals(path, ID, add('a'))
    expect([...((await readApprovals(path)).projects?.keys() ?? [])]).toEqual(['other', ID])
    expect(await changeApprovals(path, ID, () => [])).toEqual({ before: ['a'], after: [] })
    expect(readFileSync(path, 'utf8')).toBe('[projects."other"]\napproved-commands = ["x"]\n')
  })

  test.each([
    [`projects = { "${ID}" = { approved-commands = ["a"] } }\n`],
    [`[projects]\n"${ID}" = { approved-commands = ["a"] }\n`],
    [`[projects]\n"${ID}".approved-commands = ["a"]\n`],
  ])('refuses what it can’t edit safely: %j', async (text) => {
    const path = place(text)
    await expect(changeApprovals(path, ID, add('b'))).rejects.toMatchObject({ code: 'APPROVALS_INVALID' })
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(readdirSync(join(path, '..'))).toEqual(['approvals.toml'])
  })

  test('a name with a * is never written', async () => {
    await expect(changeApprovals(place(), 'a*', add('b'))).rejects.toMatchObject({ code: 'APPROVALS_INVALID' })
  })

  test('many at once are all kept', async () => {
    const path = place()
    await Promise.all(Array.from({ length: 20 }, (_, at) => changeApprovals(path, `p${at % 4}`, add(`c${at}`))))
    const { projects } = await readApprovals(path)
    expect([...(projects?.values() ?? [])].flat().sort()).toEqual(
      Array.from({ length: 20 }, (_, at) => `c${at}`).sort(),
    )
    expect(readdirSync(join(path, '..'))).toEqual(['approvals.toml'])
  })

  test('the lock of a process that is gone is nobody’s', async () => {
    const path = place()
    writeFileSync(`${path}.lock`, '2147483646')
    await changeApprovals(path, ID, add('a'))
    expect(approvedFor(await readApprovals(path), ID)).toEqual(['a'])
  })

  test('a link stays a link, and nobody else may read the file', async () => {
    const target = place('')
    const path = place()
    symlinkSync(target, path)
    await changeApprovals(path, ID, add('a'))
    expect(readFileSync(target, 'utf8')).toContain('"a"')
    expect([lstatSync(path).isSymbolicLink(), statSync(target).mode & 0o777]).toEqual([true, 0o600])
  })
})

describe('reading', () => {
  test('patterns count, and a file that is not there says so', async () => {
    const path = place(
      '[projects."github.com/*"]\napproved-commands = ["p"]\n[projects."github.com/acme/app"]\napproved-commands = ["a"]\n',
    )
    expect(approvedFor(await readApprovals(path), ID)).toEqual(['p', 'a'])
    expect(approvedFor(await readApprovals(path), 'gitlab.com/acme/app')).toEqual([])
    expect((await readApprovals(place())).projects).toBeUndefined()
  })

  test.each([
    '[[[',
    'x = 1\n',
    'projects = 1\n',
    '[projects."a"]\nother = []\n',
    '[projects."a"]\napproved-commands = "x"\n',
    '[projects."a"]\napproved-commands = [1]\n',
  ])('%j can’t be relied on', async (text) => {
    await expect(readApprovals(place(text))).rejects.toMatchObject({ code: 'APPROVALS_INVALID' })
  })

  test('everything can be withdrawn, also from a file that is broken', async () => {
    const path = place('[projects."a"]\napproved-commands = ["x", "y"]\n')
    expect(await clearApprovals(path)).toEqual(['x', 'y'])
    const broken = place('[[[')
    expect(await clearApprovals(broken)).toEqual([])
    expect(readFileSync(broken, 'utf8')).toBe('')
  })
})
