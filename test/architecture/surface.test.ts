import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { CommandClass } from '../../src/cli/command-table.ts'
import { helpText } from '../../src/cli/help.ts'
import { commands } from '../../src/commands/index.ts'
import { files, ROOT } from './tree.ts'

interface Flag {
  readonly char?: string
  readonly type: string
  readonly options?: readonly string[]
  readonly allowNo?: boolean
  readonly multiple?: boolean
  readonly hidden?: boolean
}

const flagOf = ({ char, type, options, allowNo, multiple, hidden }: Flag): object => ({
  ...(char !== undefined && { short: `-${char}` }),
  ...(type !== 'boolean' && { value: options ?? 'any' }),
  ...(allowNo === true && { no: true }),
  ...(multiple === true && { repeats: true }),
  ...(hidden === true && { hidden: true }),
})

const surfaceOf = (Class: CommandClass): object => {
  const flags = Object.entries({ ...Class.baseFlags, ...Class.flags } as Readonly<Record<string, Flag>>)
  return {
    arguments: Object.keys(Class.args),
    flags: Object.fromEntries(
      flags.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, flag]) => [`--${name}`, flagOf(flag)]),
    ),
  }
}

describe('the surface', () => {
  test('every command, flag and short flag is as it was', async () => {
    const ids = Object.keys(commands).sort()
    const classes = await Promise.all(ids.map((id) => commands[id]?.()))
    const surface = ids.map((id, at) => [`wt ${id.replaceAll(':', ' ')}`, surfaceOf(classes[at] as CommandClass)])
    const text = `${JSON.stringify(Object.fromEntries(surface), undefined, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../snapshots/cli-surface.json')
  })

  test('every command file is a command', () => {
    const paths = files.filter(
      (path) => path.startsWith('src/commands/') && !/^src\/commands\/(?:index|listing)\.ts$/.test(path),
    )
    const ids = paths.map((path) => path.slice('src/commands/'.length, -'.ts'.length).replaceAll('/', ':'))
    expect(ids.sort()).toEqual(Object.keys(commands).sort())
  })
})

describe('help', () => {
  const helpOf = async (words: readonly string[]): Promise<string> =>
    stripVTControlCharacters(await helpText(words, commands, '0.0.0')).replace(/coppice\/\S+ \S+ node-\S+/, 'coppice/…')

  test.each(['wt', ...Object.keys(commands)])('%s', async (id) => {
    const name = id.replaceAll(':', '-')
    await expect(await helpOf(id === 'wt' ? [] : id.split(':'))).toMatchFileSnapshot(`../../snapshots/help/${name}.txt`)
  })

  test('there is none of a command that is gone', () => {
    const names = ['wt', ...Object.keys(commands).map((id) => id.replaceAll(':', '-'))]
    const found = readdirSync(join(ROOT, 'snapshots', 'help'))
    expect(found.sort()).toEqual(names.map((name) => `${name}.txt`).sort())
  })
})
