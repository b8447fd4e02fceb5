import { existsSync, lstatSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { lineFor, type ShellHome, shellHome } from '../support/shell-home.ts'

let at: ShellHome
beforeEach(() => {
  at = shellHome()
})

describe('install', () => {
  test('adds one line to the files that exist, once', async () => {
    at.put('.bashrc', '# mine')
    at.put('.zshrc', '# compinit\n')
    const { code, out, err } = await at.run('install -y')
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toContain('.bashrc')
    expect(at.read('.bashrc')).toBe(`# mine\n${lineFor('bash')}`)
    expect(at.read('.zshrc')).toBe(`# compinit\n${lineFor('zsh')}`)
    expect((await at.run('install -y')).err).toMatch(/bash has it already/)
    expect(at.read('.bashrc')).toBe(`# mine\n${lineFor('bash')}`)
    expect(readdirSync(at.home).sort()).toEqual(['.bashrc', '.zshrc'])
  })

  test('a shell that is named gets a file; without one there has to be one', async () => {
    const nothing = await at.run('install -y')
    expect(nothing.code).toBe(1)
    expect(nothing.err).toMatch(/no start-up file.*\n↳ .*install bash/)
    expect(readdirSync(at.home)).toEqual([])
    expect((await at.run('install zsh -y')).code).toBe(0)
    expect(at.read('.zshrc')).toBe(lineFor('zsh'))
    expect(readdirSync(at.home)).toEqual(['.zshrc'])
  })

  test('--dry-run writes nothing and asks nothing', async () => {
    at.put('.bashrc', '# mine\n')
    const { code, err } = await at.run('install --dry-run')
    expect(code).toBe(0)
    expect(err).toMatch(/would add to .*\.bashrc.*\n.*config shell init bash/)
    expect(at.read('.bashrc')).toBe('# mine\n')
  })

  test('without a terminal and an answer it is refused, and -y is named', async () => {
    at.put('.bashrc', '# mine\n')
    const { code, err } = await at.run('install')
    expect(code).toBe(1)
    expect(err).toMatch(/↳ .*-y/)
    expect(at.read('.bashrc')).toBe('# mine\n')
  })

  test('an answer that a script pipes in counts', async () => {
    at.put('.bashrc', '# mine\n')
    expect((await at.run('install', { input: 'n\n' })).code).toBe(0)
    expect(at.read('.bashrc')).toBe('# mine\n')
    expect((await at.run('install', { input: '?\ny\n' })).code).toBe(0)
    expect(at.read('.bashrc')).toBe(`# mine\n${lineFor('bash')}`)
    expect((await at.run('uninstall', { input: 'yes\n' })).code).toBe(0)
    expect(at.read('.bashrc')).toBe('# mine\n')
  })

  test.each([
    [['n'], false],
    [[''], false],
    [['?', 'y'], true],
    [['YES'], true],
    [['maybe'], false],
    [[], false],
  ])('on a terminal it asks: %j', async (answers, written) => {
    at.put('.bashrc', '# mine\n')
    const { code, err } = await at.run('install', { answers })
    expect(code).toBe(0)
    expect(err.split('[y/N/?]')).toHaveLength(1 + Math.max(1, answers.length))
    expect(err.split('would add to')).toHaveLength(answers.includes('?') ? 3 : 2)
    expect(at.read('.bashrc')).toBe(written ? `# mine\n${lineFor('bash')}` : '# mine\n')
  })

  test('a link is written through; a dangling one is left alone, and the other shells are done', async () => {
    at.put('../elsewhere/bashrc', '# mine\n')
    symlinkSync(join(at.home, '../elsewhere/bashrc'), join(at.home, '.bashrc'))
    symlinkSync(join(at.home, '../elsewhere/none'), join(at.home, '.zshrc'))
    const { code, err } = await at.run('install bash -y')
    expect({ code, err: err.includes('✗') }).toEqual({ code: 0, err: false })
    expect(at.read('../elsewhere/bashrc')).toBe(`# mine\n${lineFor('bash')}`)
    expect(lstatSync(join(at.home, '.bashrc')).isSymbolicLink()).toBe(true)
    const dangling = await at.run('install zsh -y')
    expect(dangling.code).toBe(1)
    expect(dangling.err).toMatch(/✗ .*\.zshrc.*link/)
    expect(readlinkSync(join(at.home, '.zshrc'))).toBe(join(at.home, '../elsewhere/none'))
    expect(existsSync(join(at.home, '../elsewhere/none'))).toBe(false)
  })

  test('a relative or empty ZDOTDIR or XDG_CONFIG_HOME is none', async () => {
    at.put('.zshrc', '')
    at.put('rel/.zshrc', '# not mine\n')
    for (const value of ['rel', '']) {
      Object.assign(at.env, { ZDOTDIR: value, XDG_CONFIG_HOME: value })
      expect((await at.run('install zsh -y')).code).toBe(0)
      expect((await at.run('install fish -y')).code).toBe(0)
    }
    expect(at.read('.zshrc')).toBe(lineFor('zsh'))
    expect(at.read('rel/.zshrc')).toBe('# not mine\n')
    expect(existsSync(join(at.home, '.config/fish/functions/wt.fish'))).toBe(true)
    expect(existsSync(join(at.home, 'fish'))).toBe(false)
    Object.assign(at.env, { ZDOTDIR: join(at.home, 'rel'), XDG_CONFIG_HOME: join(at.home, 'xdg') })
    await at.run('install zsh -y')
    await at.run('install fish -y')
    expect(at.read('rel/.zshrc')).toBe(`# not mine\n${lineFor('zsh')}`)
    expect(existsSync(join(at.home, 'xdg/fish/completions/wt.fish'))).toBe(true)
  })

  test('a file of somebody else is never replaced', async () => {
    at.put('.config/fish/functions/wt.fish', 'function wt; echo mine; end\n')
    const { code, err } = await at.run('install fish -y')
    expect(code).toBe(1)
    expect(err).toMatch(/✗ .*wt\.fish/)
    expect(at.read('.config/fish/functions/wt.fish')).toBe('function wt; echo mine; end\n')
    expect(readdirSync(join(at.home, '.config/fish'))).toEqual(['functions'])
  })

  test('an older wrapper of ours in conf.d goes, and one of another form is brought up to date', async () => {
    at.put('.config/fish/conf.d/wt.fish', '# wt shell integration for fish\nfunction wt; end\n')
    at.put('.config/fish/functions/wt.fish', '# wt shell integration for fish, as it was\n')
    expect((await at.run('install -y')).code).toBe(0)
    expect(readdirSync(join(at.home, '.config/fish/conf.d'))).toEqual([])
    expect(at.read('.config/fish/functions/wt.fish')).toContain('config shell init fish')
  })

  test('--cmd names line and files; what no shell function should be called is refused first', async () => {
    at.put('.bashrc', lineFor('bash'))
    expect((await at.run('install bash -y --cmd git-wt')).code).toBe(0)
    expect(at.read('.bashrc')).toBe(lineFor('bash') + lineFor('bash', 'git-wt'))
    for (const name of ['a b', '$(id)', '-x', 'a;b', 'cd', 'if', 'a/b', '..', '']) {
      for (const words of [
        ['install', 'bash', '-y'],
        ['init', 'bash'],
        ['install', 'bash', '--dry-run'],
      ]) {
        const { code, out } = await wt({ dir: at.home, env: at.env }, ['config', 'shell', ...words, `--cmd=${name}`])
        expect({ code, out }).toEqual({ code: 1, out: '' })
      }
    }
    expect(at.read('.bashrc')).toBe(lineFor('bash') + lineFor('bash', 'git-wt'))
  })

  test('zsh: what starts no completion system is told so', async () => {
    at.put('.zshrc', '# mine\n')
    expect((await at.run('install zsh -y')).err).toContain('compinit')
  })

  test('a shell that is installed and has no file is told of', async () => {
    at.put('.bashrc', '')
    writeFileSync(join(at.home, '../bin/zsh'), '#!/bin/sh\n', { mode: 0o755 })
    const { err } = await at.run('install -y')
    expect(err).toMatch(/zsh is left out.*\.zshrc/)
    expect(err).not.toContain('fish')
  })
})
