import type { GitValues } from './git-values.ts'

/** A remote URL taken apart. Nothing is decoded: an escaped slash stays part of its segment. */
export interface RemoteLocation {
  /** In lower case; an IPv6 literal in its brackets; a port that matters behind a colon. */
  readonly host: string
  /** Everything before the last segment; may hold slashes. */
  readonly owner: string
  /** The last segment, without `.git`. */
  readonly repo: string
}

const WITH_SCHEME = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(?:\/(.*))?$/is
/** `host:path` as ssh takes it. A slash before the colon makes it a local path, two colons a remote helper. */
const SCP_LIKE = /^((?:[^@/[\]]*@)?(?:\[[^\]/]+\]|[^:/[\]]+)):(?!:)(.*)$/s
const WINDOWS_PATH = /^[a-z]:[\\/]/i
const SSH = /^(?:ssh|git\+ssh|ssh\+git)$/i
const SSH_PORT = '22'

const afterLastAt = (text: string): string => text.slice(text.lastIndexOf('@') + 1)

const withoutGit = (path: string): string => path.replace(/\/+$/, '').replace(/\.git$/i, '')

/** The host with its port, or undefined when there is none. */
const hostOf = (authority: string, ssh: boolean): string | undefined => {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d*))?$/.exec(afterLastAt(authority).toLowerCase())
  if (match?.[1] === undefined) return undefined
  const [, host, port = ''] = match
  return port === '' || (ssh && port === SSH_PORT) ? host : `${host}:${port}`
}

/** git takes `[host:port]:path` as well as `[<IPv6>]:path`. */
const scpHost = (authority: string): string | undefined => {
  const inner = /^(?:[^@]*@)?\[([^\]]+)\]$/.exec(authority)?.[1]
  const named = inner !== undefined && afterLastAt(inner).split(':').length <= 2
  return hostOf(named ? inner : authority, true)
}

/** Takes a remote URL apart. Undefined for a local path, a remote helper's address, and a path without an owner. */
export const parseRemoteUrl = (url: string): RemoteLocation | undefined => {
  const [, scheme, authority, rest] = WITH_SCHEME.exec(url) ?? []
  const [, scpAuthority, scpPath] = scheme === undefined && !WINDOWS_PATH.test(url) ? (SCP_LIKE.exec(url) ?? []) : []
  const host =
    scheme !== undefined && authority !== undefined
      ? hostOf(authority, SSH.test(scheme))
      : scpAuthority !== undefined
        ? scpHost(scpAuthority)
        : undefined
  const segments = withoutGit(rest ?? scpPath ?? '')
    .split('/')
    .filter((segment) => segment !== '')
  const repo = segments.pop()
  if (host === undefined || repo === undefined || segments.length === 0) return undefined
  return { host, owner: segments.join('/'), repo }
}

/** A web URL's user part is a secret more often than a name, and identifiers are written to files. */
const withoutSecret = (url: string): string => url.replace(/^(https?:\/\/)[^/]*@/i, '$1')

/**
 * What settings and approvals of a repository are kept under: `<host>/<owner>/<repo>` of its primary remote's URL as
 * configured, the URL itself where it can't be taken apart, the repository's real path without a remote.
 */
export const projectIdOf = (url: string | undefined, repoPath: string): string => {
  if (url === undefined) return repoPath
  const location = parseRemoteUrl(url)
  return location === undefined ? withoutGit(withoutSecret(url)) : `${location.host}/${location.owner}/${location.repo}`
}

/** A configured remote that has a URL. */
export interface Remote {
  readonly name: string
  /** As configured: no `insteadOf` is applied. */
  readonly url: string
}

const urlOf = (settings: GitValues, name: string): string | undefined =>
  settings.all(`remote.${name}.url`).find((url) => url !== '')

/** The remote that stands for the repository: `checkout.defaultRemote` if it has a URL, else the first that has one. */
export const primaryRemote = (settings: GitValues): Remote | undefined => {
  const configured = settings
    .keys('remote.')
    .filter((key) => key.endsWith('.url'))
    .map((key) => key.slice('remote.'.length, -'.url'.length))
  const preferred = settings.get('checkout.defaultremote')
  for (const name of preferred === undefined ? configured : [preferred, ...configured]) {
    const url = urlOf(settings, name)
    if (url !== undefined) return { name, url }
  }
  return undefined
}
