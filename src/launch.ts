/**
 * The executable. It runs the bundle beside it with V8's code cache, which saves about half of the time to start
 * (docs/decisions/0003-start-up.md). V8 trusts that file, so it lies in a directory of the user's own, is written once
 * for each bundle, V8 and set of flags, and is never repaired in place.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

const bundle = join(__dirname, 'main.cjs')

/** A short digest that needs no crypto module. Not for secrets. */
const digest = (text: string): string => {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash >>> 0).toString(36)
}

const cacheFile = (): string | undefined => {
  const { XDG_CACHE_HOME: xdg, HOME: home, NODE_OPTIONS: options = '' } = process.env
  const base = xdg?.startsWith('/') ? xdg : home ? join(home, '.cache') : undefined
  if (base === undefined) return undefined
  const { mtimeMs, size } = statSync(bundle)
  const key = digest([bundle, mtimeMs, size, process.version, process.arch, process.execArgv, options].join('\n'))
  return join(base, 'wt', `code-${process.versions.v8}-${key}`)
}

/** Only a file of this user that nobody else can write is fit to be run. */
const readCache = (file: string): Buffer | undefined => {
  try {
    const { uid, mode } = statSync(file)
    const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
    return ours ? readFileSync(file) : undefined
  } catch {
    return undefined
  }
}

const writeCache = (file: string, data: Buffer): void => {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const temporary = `${file}.${process.pid}`
    writeFileSync(temporary, data, { mode: 0o600, flag: 'wx' })
    renameSync(temporary, file)
  } catch {
    // A home that can't be written costs speed, not function.
  }
}

const file = cacheFile()
const cachedData = file === undefined ? undefined : readCache(file)
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'latin1')}\n})`
const script = new Script(source, { filename: bundle, ...(cachedData && { cachedData }) })
if (file !== undefined && cachedData === undefined) {
  process.on('exit', () => writeCache(file, script.createCachedData()))
}
const main = { exports: {} }
script.runInThisContext()(main.exports, createRequire(bundle), main, bundle, __dirname)
