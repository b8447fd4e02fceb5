import { describe, expect, test } from 'vitest'
import { type ConfigPlace, projectConfigPath, systemConfigPaths, userConfigPath } from '../../src/host/config-places.ts'

const place = (rest: Partial<ConfigPlace> = {}): ConfigPlace => ({
  env: {},
  cwd: '/src/app',
  homeDir: '/home/me',
  platform: 'linux',
  ...rest,
})

describe('the user file', () => {
  const HOME = '/home/me/.config/wt/config.toml'
  test.each<[string, Partial<ConfigPlace>, string | undefined]>([
    ['~/.config', {}, HOME],
    ['on macOS too', { platform: 'darwin' }, HOME],
    ['XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: '/xdg' } }, '/xdg/wt/config.toml'],
    ['not an empty XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: '' } }, HOME],
    ['not a relative XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: '.' } }, HOME],
    ['WT_CONFIG_PATH', { env: { WT_CONFIG_PATH: '/x.toml', XDG_CONFIG_HOME: '/xdg' } }, '/x.toml'],
    ['not an empty WT_CONFIG_PATH', { env: { WT_CONFIG_PATH: '' } }, HOME],
    ['a relative WT_CONFIG_PATH', { env: { WT_CONFIG_PATH: '../x.toml' } }, '/src/x.toml'],
    ['--config before it', { configPath: 'y.toml', env: { WT_CONFIG_PATH: '/x.toml' } }, '/src/app/y.toml'],
    ['from the home directory', { configPath: '~/y.toml' }, '/home/me/y.toml'],
    ['not from the home of another', { configPath: '~you/y.toml' }, '/src/app/~you/y.toml'],
    ['no home directory', { homeDir: undefined }, undefined],
    [
      'Windows',
      { platform: 'win32', env: { APPDATA: '/appdata', XDG_CONFIG_HOME: '/xdg' } },
      '/appdata/wt/config.toml',
    ],
    ['Windows without APPDATA', { platform: 'win32' }, undefined],
  ])('%s', (_, rest, expected) => {
    expect(userConfigPath(place(rest))).toBe(expected)
  })
})

describe('the system file', () => {
  const dirs = (value: string) => ({ env: { XDG_CONFIG_DIRS: value } })
  test.each<[string, Partial<ConfigPlace>, readonly string[]]>([
    ['/etc/xdg', {}, ['/etc/xdg/wt/config.toml']],
    ['an empty list is none', dirs(''), ['/etc/xdg/wt/config.toml']],
    ['every directory in order', dirs('/b:/a'), ['/b/wt/config.toml', '/a/wt/config.toml']],
    ['absolute ones only', dirs('.::etc:/a'), ['/a/wt/config.toml']],
    ['WT_SYSTEM_CONFIG_PATH', { env: { WT_SYSTEM_CONFIG_PATH: '/s.toml', XDG_CONFIG_DIRS: '/a' } }, ['/s.toml']],
    ['not an empty one', { env: { WT_SYSTEM_CONFIG_PATH: '' } }, ['/etc/xdg/wt/config.toml']],
    ['macOS', { platform: 'darwin' }, ['/Library/Application Support/wt/config.toml', '/etc/xdg/wt/config.toml']],
    ['Windows', { platform: 'win32', env: { PROGRAMDATA: '/data' } }, ['/data/wt/config.toml']],
    ['Windows without PROGRAMDATA', { platform: 'win32' }, []],
  ])('%s', (_, rest, expected) => {
    expect(systemConfigPaths(place(rest))).toEqual(expected)
  })
})

describe("the project's own file", () => {
  test.each<[string, string | undefined, string | undefined, object | undefined]>([
    ['in the worktree', undefined, '/wt', { path: '/wt/.config/wt.toml' }],
    ['none outside', undefined, undefined, undefined],
    ['none when the variable is empty', '', '/wt', undefined],
    ['relative to the worktree', 'sub/x.toml', '/wt', { path: '/wt/sub/x.toml' }],
    ['absolute', '/x.toml', undefined, { path: '/x.toml' }],
    [
      'relative without a worktree',
      'x.toml',
      undefined,
      { problem: 'WT_PROJECT_CONFIG_PATH is relative (x.toml) and there is no worktree' },
    ],
  ])('%s', (_, variable, root, expected) => {
    expect(projectConfigPath({ WT_PROJECT_CONFIG_PATH: variable }, root)).toEqual(expected)
  })
})
