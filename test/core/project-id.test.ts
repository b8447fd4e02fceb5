import { describe, expect, test } from 'vitest'
import { parseRemoteUrl, primaryRemote, projectIdOf } from '../../src/core/project-id.ts'
import { gitValues } from './git-values.ts'

describe('projectIdOf', () => {
  test.each([
    ['https://github.com/owner/repo.git', 'github.com/owner/repo'],
    ['https://GitHub.COM/Owner/Repo', 'github.com/Owner/Repo'],
    ['https://github.com/owner/repo.git/', 'github.com/owner/repo'],
    ['https://gitlab.com/group/sub/repo.git', 'gitlab.com/group/sub/repo'],
    ['https://host//owner//repo', 'host/owner/repo'],
    // user part
    ['https://user:pa@ss@host/o/r.git', 'host/o/r'],
    ['ssh://git@github.com/o/r.git', 'github.com/o/r'],
    ['git@github.com:o/r.git', 'github.com/o/r'],
    // ports
    ['https://host:8443/o/r.git', 'host:8443/o/r'],
    ['https://host:22/o/r.git', 'host:22/o/r'],
    ['ssh://git@host:2222/o/r.git', 'host:2222/o/r'],
    ['ssh://git@host:22/o/r.git', 'host/o/r'],
    ['SSH://git@host:22/o/r.git', 'host/o/r'],
    ['git+ssh://git@host:22/o/r.git', 'host/o/r'],
    ['ssh+git://git@host/o/r.git', 'host/o/r'],
    ['ssh://host:/o/r', 'host/o/r'],
    ['[git@host:2222]:o/r.git', 'host:2222/o/r'],
    ['[host:22]:o/r.git', 'host/o/r'],
    // IPv6
    ['ssh://git@[2001:DB8::1]:2222/o/r.git', '[2001:db8::1]:2222/o/r'],
    ['ssh://[::1]/o/r', '[::1]/o/r'],
    ['git@[::1]:o/r.git', '[::1]/o/r'],
    // scp-like
    ['host:o/r', 'host/o/r'],
    ['h:o/r', 'h/o/r'],
    ['git@host:/srv/git/r.git', 'host/srv/git/r'],
    ['git@host:2222/o/r.git', 'host/2222/o/r'],
    ['git@host:o/a@b.git', 'host/o/a@b'],
    // an escaped slash is no separator
    ['https://host/a%2Fb/r.git', 'host/a%2Fb/r'],
    ['https://host/a%2Fr', 'https://host/a%2Fr'],
    // not to be taken apart
    ['/srv/git/r.git', '/srv/git/r'],
    ['../r.git', '../r'],
    ['./a:b/r.git', './a:b/r'],
    ['C:/git/o/r.git', 'C:/git/o/r'],
    ['C:\\git\\r.git', 'C:\\git\\r'],
    ['file:///srv/git/o/r.git', 'file:///srv/git/o/r'],
    ['ext::ssh host %S /o/r.git', 'ext::ssh host %S /o/r'],
    ['https://host/r.git', 'https://host/r'],
    ['https://me:token@host/r.git', 'https://host/r'],
    ['git@host:r.git', 'git@host:r'],
    ['https://', 'https:'],
  ])('%s', (url, id) => {
    expect(projectIdOf(url, '/repo')).toBe(id)
  })

  test('without a remote it is the path of the repository', () => {
    expect(projectIdOf(undefined, '/home/me/repo.git')).toBe('/home/me/repo.git')
  })

  test('two servers on one host never share an identifier', () => {
    expect(projectIdOf('https://h:1/o/r', '/')).not.toBe(projectIdOf('https://h:2/o/r', '/'))
  })
})

test('parseRemoteUrl keeps every group in the owner', () => {
  expect(parseRemoteUrl('https://h/a/b/c.git')).toEqual({ host: 'h', owner: 'a/b', repo: 'c' })
})

describe('primaryRemote', () => {
  const fork = ['remote.fork.url', 'F'] as const
  const origin = ['remote.origin.url', 'O'] as const
  test.each([
    ['the first in the order of the configuration', [fork, origin], { name: 'fork', url: 'F' }],
    ['checkout.defaultRemote', [fork, origin, ['checkout.defaultremote', 'origin']], { name: 'origin', url: 'O' }],
    ['not a default remote without a URL', [fork, ['checkout.defaultremote', 'gone']], { name: 'fork', url: 'F' }],
    ['not a remote without a URL', [['remote.a.fetch', 'x'], ['remote.b.url', ''], fork], { name: 'fork', url: 'F' }],
    ['the first of several URLs', [fork, ['remote.fork.url', 'F2']], { name: 'fork', url: 'F' }],
    ['a name with dots and slashes', [['remote.a.b/c.url', 'X']], { name: 'a.b/c', url: 'X' }],
    ['none', [['remote.a.pushurl', 'x']], undefined],
  ] as const)('%s', (_, entries, expected) => {
    expect(primaryRemote(gitValues(entries))).toEqual(expected)
  })
})
