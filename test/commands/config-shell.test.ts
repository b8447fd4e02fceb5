import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { lineFor, type ShellHome, shellHome } from '../support/shell-home.ts'
import { has } from '../support/shells.ts'

let at: ShellHome
beforeEach(() => {
  at = shellHome()
})

describe('uninstall', () => {
  test('takes out what was added and nothing else, whatever the name; mode and link stay', async () => {
    const mine = `# mine\xe9\r\nalias x='eval "$(wt config shell init bash)"'\n# ${lineFor('bash')}`
    at.put('../elsewhere/rc', Buffer.from(mine, 'latin1'))
    symlinkSync(join(at.home, '../elsewhere/rc'), join(at.home, '.bashrc'))
    chmodSync(join(at.home, '../elsewhere/rc'), 0o640)
    for (const words of [
      'install bash -y',
      'install bash -y --cmd git-wt',
      'install fish -y',
      'install fish -y --cmd git-wt',
    ]) {
      expect((await at.run(words)).code).toBe(0)
    }
    const dry = await at.run('uninstall --dry-run')
    expect(dry.err).toMatch(/would remove from .*\.bashrc/)
    expect(at.read('.bashrc')).toContain(lineFor('bash', 'git-wt'))
    expect((await at.run('uninstall')).code).toBe(1)
    expect((await at.run('uninstall -y')).code).toBe(0)
    expect(at.read('.bashrc')).toBe(mine)
    expect(lstatSync(join(at.home, '.bashrc')).isSymbolicLink()).toBe(true)
    expect(statSync(join(at.home, '.bashrc')).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(at.home, '../elsewhere'))).toEqual(['rc'])
    for (const each of ['functions', 'completions'])
      expect(readdirSync(join(at.home, '.config/fish', each))).toEqual([])
    const again = await at.run('uninstall -y')
    expect(again.code).toBe(0)
    expect(again.err).toMatch(/nothing of wt for bash/)
  })

  test('a file that changes while it is asked about is left alone', async () => {
    at.put('.bashrc', lineFor('bash'))
    const { code, err } = await at.run('uninstall', {
      ask: async () => {
        at.put('.bashrc', `${lineFor('bash')}# more\n`)
        return 'y'
      },
    })
    expect(code).toBe(1)
    expect(err).toMatch(/✗ .*\.bashrc has changed/)
    expect(at.read('.bashrc')).toBe(`${lineFor('bash')}# more\n`)
  })
})

describe('between question and answer', () => {
  test('a file that appears is not replaced', async () => {
    const ask = async (): Promise<string> => {
      at.put('.bashrc', '# new\n')
      return 'y'
    }
    const { code, err } = await at.run('install bash', { ask })
    expect(code).toBe(1)
    expect(err).toMatch(/✗ .*\.bashrc.*\n↳ .*again/)
    expect(at.read('.bashrc')).toBe('# new\n')
  })

  test('lines that somebody adds stay, and a line of ours is not added twice', async () => {
    at.put('.bashrc', '# mine\n')
    const ask = async (): Promise<string> => {
      at.put('.bashrc', `# mine\n# theirs\n${lineFor('bash')}`)
      return 'y'
    }
    expect((await at.run('install bash', { ask })).code).toBe(0)
    expect(at.read('.bashrc')).toBe(`# mine\n# theirs\n${lineFor('bash')}`)
  })
})

describe('show', () => {
  test('says where it is, where it would be, and whether it is loaded', async () => {
    at.put('.bashrc', lineFor('bash'))
    const { code, out, err } = await at.run('show')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/✓ bash.* is installed in .*\.bashrc/)
    expect(out).toMatch(/○ zsh.* not installed.*\.zshrc\n.*config shell init zsh/)
    expect(out).toMatch(/functions\/wt\.fish\n.*completions\/wt\.fish/)
    expect(out).toMatch(/not loaded/)
    Object.assign(at.env, { WT_DIRECTIVE_CD_FILE: '/tmp/rv' })
    expect((await at.run('show bash')).out).toMatch(/loaded in this shell/)
  })
})

describe('show --json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../docs/schema/config-shell-show.json', import.meta.url), 'utf8'))
  const check = new Ajv2020({ strict: true }).compile(schema)

  test('follows its schema, before and after install', async () => {
    for (const state of ['absent', 'installed']) {
      const { code, out } = await at.run('show --json')
      expect(code).toBe(0)
      const shown = JSON.parse(out) as { readonly shells: readonly { readonly state: string }[] }
      check(shown)
      expect(check.errors).toBe(null)
      expect(shown.shells.map((each) => each.state)).toEqual([state, state, state])
      for (const shell of ['bash', 'zsh', 'fish']) await at.run(`install ${shell} -y`)
    }
    at.put('.config/fish/functions/wt.fish', '# wt shell integration for fish, as it was\n')
    expect((await at.run('show fish --format=json')).out).toContain('"outdated"')
  })
})

test('show-theme prints a sample of every message', async () => {
  const { code, out } = await at.run('show-theme')
  expect(code).toBe(0)
  for (const symbol of ['◎', '✓', '✗', '▲', '↳', '○', '❯']) expect(out).toContain(symbol)
})

test.runIf(has('nu'))('nushell says itself where its file goes', async () => {
  at.env.PATH = process.env.PATH ?? ''
  expect((await at.run('install nu -y')).code).toBe(0)
  const { out } = await at.run('show nu --json')
  const [shown] = (JSON.parse(out) as { shells: readonly { state: string; paths: readonly string[] }[] }).shells
  expect(shown?.state).toBe('installed')
  expect(readFileSync(shown?.paths[0] ?? '', 'utf8')).toContain('def --env --wrapped wt')
  expect((await at.run('uninstall nu -y')).code).toBe(0)
  expect(existsSync(shown?.paths[0] ?? '')).toBe(false)
})
