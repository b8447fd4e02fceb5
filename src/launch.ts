/**
 * The executable. It runs the bundle beside it with V8's code cache, which saves about half of the time to start
 * (docs/decisions/0003-start-up.md). V8 trusts that file, so it lies in a directory of the user's own, is written once
 * for each bundle, V8 and set of flags, and is never repaired in place.
 */
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

/** A short digest that needs no crypto module. Not for secrets. */
const digest = (text: string): string => {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash >>> 0).toString(36)
}

/** A cache holds the functions that its first run has used, so each command has one. */
const commandWord = (words: readonly string[]): string => {
  const at = words.findIndex((word) => !word.startsWith('-'))
  const word = words[at] ?? ''
  // The value of an option that stands before the command: what follows decides.
  if (at > 0 && /^(?:-C|--(?:directory|config|config-set))$/.test(words[at - 1] ?? ''))
    return commandWord(words.slice(at + 1))
  return /^[a-z]{2,12}$/.test(word) ? word : 'wt'
}

/** Listing has a bundle of its own: it is run all the time, and the whole program is three times as much to read. */
const bundle = join(__dirname, commandWord(process.argv.slice(2)) === 'list' ? 'list.cjs' : 'main.cjs')

const cacheFile = (): string | undefined => {
  const { XDG_CACHE_HOME: xdg, HOME: home, NODE_OPTIONS: options = '' } = process.env
  const base = xdg?.startsWith('/') ? xdg : home?.startsWith('/') ? join(home, '.cache') : undefined
  if (base === undefined) return undefined
  const { mtimeMs, size } = statSync(bundle)
  const word = process.env.COMPLETE ? 'complete' : commandWord(process.argv.slice(2))
  const key = digest([bundle, mtimeMs, size, process.version, process.arch, process.execArgv, options].join('\n'))
  return join(base, 'wt', `code-${process.versions.v8}-${key}-${word}`)
}

/**
 * Everything stands in the file twice. V8 hardly checks what it is handed, and a block that a crash or a disk has lost
 * would make every later run die; comparing costs nothing.
 */
const wholeHalf = (bytes: Buffer): Buffer | undefined => {
  const half = bytes.subarray(0, bytes.length >> 1)
  return half.length > 0 && half.equals(bytes.subarray(half.length)) ? half : undefined
}

/** Only a file of this user that nobody else can write is fit to be run; what is judged is what is then read. */
const readCache = (file: string): Buffer | undefined => {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = fstatSync(descriptor)
    const ours = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0)
    return ours && stats.isFile() ? wholeHalf(readFileSync(descriptor)) : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** One level at a time: Node's own `recursive` never ends on a file system that makes no directories, such as /proc. */
const makeDirectory = (path: string): void => {
  try {
    mkdirSync(path, 0o700)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Caches of versions that are gone are of no use to anybody. Milliseconds. */
const OLD = 30 * 24 * 3_600_000

const sweep = (directory: string): void => {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (name.startsWith('code-') && Date.now() - statSync(path).mtimeMs > OLD) unlinkSync(path)
  }
}

const writeCache = (file: string, data: Buffer): void => {
  try {
    makeDirectory(dirname(dirname(file)))
    makeDirectory(dirname(file))
    sweep(dirname(file))
    const temporary = `${file}.${process.pid}`
    writeFileSync(temporary, Buffer.concat([data, data]), { mode: 0o600, flag: 'wx' })
    renameSync(temporary, file)
  } catch {
    // A home that can't be written costs speed, not function.
  }
}

const file = cacheFile()
const cachedData = file === undefined ? undefined : readCache(file)
const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle, ...(cachedData && { cachedData }) })
if (file !== undefined && cachedData === undefined) {
  process.on('exit', (code) => {
    if (code === 0) writeCache(file, script.createCachedData())
  })
}
const main = { exports: {} }
script.runInThisContext()(main.exports, createRequire(bundle), main, bundle, __dirname)
