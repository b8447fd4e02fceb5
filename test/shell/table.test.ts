import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commandSpecs } from '../../src/cli/command-specs.ts'
import type { CommandClass } from '../../src/cli/command-table.ts'
import { commands } from '../../src/commands/index.ts'
import { candidatesScript } from '../../src/shell/init.ts'

const script = candidatesScript(await commandSpecs(commands), { told: false })

const offered = (...words: readonly string[]): readonly string[] =>
  spawnSync('sh', ['-c', script, 'sh', 'names', 'wt', ...words], {
    cwd: '/',
    env: { PATH: process.env['PATH'], WT_BIN: '/nowhere' },
  })
    .stdout.toString()
    .split('\n')
    .map((line) => line.split('\t')[0] as string)

interface Flag {
  readonly char?: string
  readonly type: string
  readonly options?: readonly string[]
  readonly allowNo?: boolean
  readonly hidden?: boolean
}

const classes = await Promise.all(
  Object.entries(commands).map(async ([id, load]) => [id.split(':'), (await load()) as CommandClass] as const),
)
const visible = classes.filter(([, Class]) => Class.hidden !== true)

describe('completion knows', () => {
  test.each(visible)('every flag and every fixed value of %j', (path, Class) => {
    const flags = Object.entries({ ...Class.baseFlags, ...Class.flags } as Readonly<Record<string, Flag>>)
    const shown = flags.filter(([, { hidden }]) => hidden !== true)
    const long = shown.flatMap(([name, { allowNo }]) => [`--${name}`, ...(allowNo === true ? [`--no-${name}`] : [])])
    expect(
      offered(...path, '--')
        .filter(Boolean)
        .sort(),
    ).toEqual([...long, '--help'].sort())
    for (const [name, { options }] of flags) {
      if (options === undefined) continue
      expect(offered(...path, `--${name}`, '').filter(Boolean)).toEqual(options)
      expect(offered(...path, `--${name}=`).filter(Boolean)).toEqual(options.map((value) => `--${name}=${value}`))
    }
  })

  test.each(visible)('that %j is a command', (path) => {
    expect(offered(...path)).toContain(path.at(-1))
  })

  test('no command that is hidden', () => {
    for (const [path] of classes.filter(([, Class]) => Class.hidden === true)) {
      expect(offered(...path)).not.toContain(path.at(-1))
    }
    expect(offered('config', 'shell', '')).toContain('init')
  })

  test('no command says what an argument takes that it has not', () => {
    for (const [, Class] of classes) {
      const known = [...Object.keys(Class.args), ...Object.keys(Class.flags ?? {}).map((name) => `--${name}`)]
      expect(Object.keys(Class.completes).filter((name) => !known.includes(name))).toEqual([])
    }
  })
})
