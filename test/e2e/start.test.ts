import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, inject, test } from 'vitest'
import { makeRepo } from '../support/repo.ts'
import { copyBuilt, runBuilt } from './built.ts'

/** A program of this test's own with a home of its own, which is empty. */
interface Place {
  readonly wt: string
  readonly home: string
  readonly env: Readonly<Record<string, string>>
}

let place: Place
beforeEach(() => {
  const home = mkdtempSync(join(inject('tempRoot'), 'home-'))
  place = { wt: copyBuilt(), home, env: { PATH: process.env.PATH ?? '', HOME: home, NO_COLOR: '1' } }
})

const wt = (args: readonly string[], env = place.env): ReturnType<typeof runBuilt> =>
  runBuilt(place.wt, args, { cwd: place.home, env })

const version = async (env = place.env): Promise<string> => {
  const { code, signal, stdout, stderr } = await wt(['--version'], env)
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' })
  return stdout
}

/** The only file of the code cache, after a first run. */
const cacheFile = async (): Promise<string> => {
  await version()
  const directory = join(place.home, '.cache', 'wt')
  const names = readdirSync(directory)
  expect(names).toHaveLength(1)
  return join(directory, names[0] as string)
}

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)

describe('code cache', () => {
  test('is written once, for its owner alone', async () => {
    const file = await cacheFile()
    const before = statSync(file)
    expect([modeOf(file), modeOf(dirname(file))]).toEqual(['600', '700'])
    await version()
    const after = statSync(file)
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  test('many first runs at once leave one whole file', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => version()))
    expect(new Set(runs).size).toBe(1)
    const file = await cacheFile()
    const written = readFileSync(file)
    expect(await version()).toBe(runs[0])
    expect(readFileSync(file)).toEqual(written)
  })

  const doubled = (half: Buffer): Buffer => Buffer.concat([half, half])
  test.each([
    ['empty', true, (): Buffer => Buffer.alloc(0)],
    ['text', true, (): Buffer => Buffer.from('not what V8 wrote\n')],
    ['cut short', true, (whole: Buffer): Buffer => whole.subarray(0, whole.length - 4096)],
    ['a lost block', true, (whole: Buffer): Buffer => Buffer.from(whole).fill(0, 8192, 12_288)],
    ['nothing but zeros', false, (whole: Buffer): Buffer => Buffer.alloc(whole.length)],
    [
      'of another V8',
      false,
      (whole: Buffer): Buffer => doubled(Buffer.from(whole.subarray(whole.length / 2)).fill(7, 0, 16)),
    ],
  ])('a corrupt one changes nothing: %s', async (_, replaced, spoil) => {
    const whole = await version()
    const file = await cacheFile()
    const spoilt = spoil(readFileSync(file))
    writeFileSync(file, spoilt)
    expect(await version()).toBe(whole)
    expect(readFileSync(file).equals(spoilt), 'what is not whole is written anew').toBe(!replaced)
    const help = await wt(['--help'])
    expect(help.code).toBe(0)
    expect(help.stdout).toContain('list')
  })
})

/**
 * What V8 made of another program. V8 takes it for the bundle's, because the sources are equally long: whoever can
 * write the cache decides what is run.
 */
const poison = (): Buffer => {
  const { length } = readFileSync(join(dirname(place.wt), 'main.cjs'), 'latin1')
  const maker = `
    const { Script } = require('node:vm')
    const script = new Script("(() => console.log('poisoned'))".padEnd(${length}))
    // V8 keeps the functions that have run.
    console.log = () => undefined
    script.runInThisContext()()
    process.stdout.write(script.createCachedData())`
  const data = spawnSync(process.execPath, ['-e', maker], { env: place.env, maxBuffer: 1 << 26 }).stdout
  return Buffer.concat([data, data])
}

describe('a code cache that others could have written', () => {
  test('is what decides what is run, so the tests below mean something', async () => {
    writeFileSync(await cacheFile(), poison())
    expect(await version()).toBe('poisoned\n')
  })

  test.each(['620', '602', '666'])('is not used: mode 0%s', async (octal) => {
    const expected = await version()
    const file = await cacheFile()
    writeFileSync(file, poison())
    chmodSync(file, Number.parseInt(octal, 8))
    expect(await version()).toBe(expected)
  })

  test.runIf(process.getuid?.() === 0)('is not used: the file of another user', async () => {
    const expected = await version()
    const file = await cacheFile()
    writeFileSync(file, poison())
    chownSync(file, 65_534, 65_534)
    expect(await version()).toBe(expected)
  })
})

describe('homes', () => {
  const homes: readonly (readonly [string, (home: string) => Readonly<Record<string, string>>])[] = [
    ['unset', () => ({})],
    ['empty', () => ({ HOME: '' })],
    ['a relative path', () => ({ HOME: 'somewhere' })],
    ['not there', (home) => ({ HOME: join(home, 'gone') })],
    ['a file', (home) => ({ HOME: join(home, 'file') })],
    ['a directory that nobody can write to', () => ({ HOME: '/proc' })],
  ]
  test.each(homes)('HOME is %s', async (_, variables) => {
    const repo = makeRepo('ahead')
    writeFileSync(join(place.home, 'file'), '')
    const env = { PATH: place.env.PATH ?? '', ...variables(place.home) }
    for (let run = 0; run < 2; run++) {
      const { code, stdout } = await runBuilt(place.wt, ['list', '--branches'], { cwd: repo.dir, env })
      expect(code).toBe(0)
      expect(stdout).toMatch(/main[\s\S]*feature/)
    }
    expect(repo.git('status', '--porcelain', '--ignored'), 'nothing is left in the working tree').toBe('')
  })

  test('entries of PATH that are no directories are passed over', async () => {
    const repo = makeRepo('ahead')
    writeFileSync(join(place.home, 'file'), '')
    const env = { ...place.env, PATH: `${join(place.home, 'file')}:${place.home}/gone::relative:${place.env.PATH}` }
    for (let run = 0; run < 2; run++) {
      expect((await runBuilt(place.wt, ['list'], { cwd: repo.dir, env })).code).toBe(0)
    }
  })

  test('XDG_CACHE_HOME is where the cache goes', async () => {
    const cache = join(place.home, 'elsewhere')
    mkdirSync(cache)
    await version({ ...place.env, XDG_CACHE_HOME: cache })
    expect(readdirSync(join(cache, 'wt'))).toHaveLength(1)
    expect(readdirSync(place.home)).toEqual(['elsewhere'])
  })
})

describe('command line', () => {
  test('--version and -V name the version of the package', async () => {
    const { version: number } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(await version()).toBe(`wt ${number}\n`)
    expect((await wt(['-V'])).stdout).toBe(`wt ${number}\n`)
  })

  test('nothing at all prints help and is no error', async () => {
    const { code, stdout, stderr } = await wt([])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\blist\b/)
  })

  test.each([[['lst']], [['list', '--nonsense']], [['--nonsense']], [['list', '--format', 'xml']]])(
    '%j: exit code 2',
    async (args) => {
      const { code, stdout, stderr } = await wt(args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^✗ .+\n↳ .+\n$/)
    },
  )
})
