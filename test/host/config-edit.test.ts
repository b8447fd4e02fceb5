import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { editConfigFile } from '../../src/host/config-edit.ts'

const place = (): string => mkdtempSync(join(tmpdir(), 'config-edit-'))
const edit = [{ path: ['projects', 'github.com/a/b', 'worktree-path'], value: '../x' }]

const TEXT = `# mine
unknown = 1 # kept
[list]
full = false # the default, written out
`

test('only the key changes; mode and link stay, and nothing is left behind', async () => {
  const dir = place()
  const [file, real] = [join(dir, 'config.toml'), join(dir, 'dotfiles.toml')]
  writeFileSync(real, TEXT)
  chmodSync(real, 0o600)
  symlinkSync(real, file)
  await editConfigFile(file, [...edit, { path: ['list', 'branches'], value: true }])
  expect(readFileSync(file, 'utf8')).toBe(
    `${TEXT}branches = true\n\n[projects."github.com/a/b"]\nworktree-path = "../x"\n`,
  )
  expect([lstatSync(file).isSymbolicLink(), statSync(real).mode & 0o777]).toEqual([true, 0o600])
  await editConfigFile(
    file,
    edit.map(({ path }) => ({ path, value: undefined })),
  )
  expect(readFileSync(file, 'utf8')).toBe(`${TEXT}branches = true\n\n[projects."github.com/a/b"]\n`)
  expect(readdirSync(dir).sort()).toEqual(['config.toml', 'dotfiles.toml'])
})

test('a file that is not there is made, with its directory', async () => {
  const file = join(place(), 'deep', 'config.toml')
  await editConfigFile(file, [{ path: ['switch', 'cd'], value: false }])
  expect(readFileSync(file, 'utf8')).toBe('[switch]\ncd = false\n')
})

test('many at once lose nothing', async () => {
  const file = join(place(), 'config.toml')
  const keys = Array.from({ length: 12 }, (_, at) => `key${at}`)
  await Promise.all(keys.map((key) => editConfigFile(file, [{ path: ['aliases', key], value: key }])))
  expect(readFileSync(file, 'utf8').match(/key\d+ = /g)).toHaveLength(12)
})

test('the lock of a dead process blocks nobody', async () => {
  const file = join(place(), 'config.toml')
  writeFileSync(`${file}.lock`, '999999999\n')
  await editConfigFile(file, [{ path: ['a'], value: 1 }])
  expect([readFileSync(file, 'utf8'), existsSync(`${file}.lock`)]).toEqual(['a = 1\n', false])
})

test.each<[string, string, readonly string[], string]>([
  ['a file that can’t be parsed, with the place', 'a = 1\nb = [\n', ['a'], 'CONFIG_INVALID'],
  ['one of several tables', '[[post-start]]\na = "x"\n', ['post-start', 'a'], 'CONFIG_UNWRITABLE'],
  ['a value below a value', 'list = 1\n', ['list', 'full'], 'CONFIG_UNWRITABLE'],
  ['a value in the place of a table', '[list]\nfull = true\n', ['list'], 'CONFIG_UNWRITABLE'],
])('%s is refused and stays as it is', async (_, text, path, code) => {
  const file = join(place(), 'config.toml')
  writeFileSync(file, text)
  await expect(editConfigFile(file, [{ path, value: true }])).rejects.toMatchObject({ code })
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a link that leads nowhere, and a directory in the way', async () => {
  const dir = place()
  symlinkSync(join(dir, 'gone'), join(dir, 'link.toml'))
  mkdirSync(join(dir, 'dir.toml'))
  for (const name of ['link.toml', 'dir.toml']) {
    await expect(editConfigFile(join(dir, name), edit)).rejects.toMatchObject({ code: 'CONFIG_UNWRITABLE' })
  }
  expect(readdirSync(dir).sort()).toEqual(['dir.toml', 'link.toml'])
})
