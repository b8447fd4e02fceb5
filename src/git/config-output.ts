import { dirname } from 'node:path'
import { decodeBytes } from '../core/bytes.ts'
import { absolute } from './paths.ts'

export type ConfigEntry = readonly [key: string, value: string]

/** What `git config --list --show-origin -z` said. */
export interface ConfigOutput {
  readonly entries: readonly ConfigEntry[]
  /** The file of each entry. */
  readonly origins: readonly string[]
  /** Every file that it came from, and all that these could include. */
  readonly files: readonly string[]
  /** False when another run may give something else although none of the files has changed. */
  readonly fixed: boolean
}

const INCLUDE = /^include(?:if\..*)?\.path$/s

/**
 * Parses git's list. A key without a value means true. Bytes that are not UTF-8 are kept. What comes from no file is what
 * we have told git ourselves, and is left out.
 */
export const parseConfig = (output: Uint8Array, cwd: string, home: string): ConfigOutput => {
  const entries: ConfigEntry[] = []
  const origins: string[] = []
  const files = new Set<string>()
  let fixed = true
  const fields = decodeBytes(output).split('\0')
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [origin, text] = [fields[at] as string, fields[at + 1] as string]
    const end = text.indexOf('\n')
    const [key, value] = end < 0 ? [text, 'true'] : [text.slice(0, end), text.slice(end + 1)]
    if (!origin.startsWith('file:')) continue
    const file = absolute(cwd, origin.slice('file:'.length))
    files.add(file)
    if (INCLUDE.test(key)) {
      files.add(absolute(dirname(file), value.replace(/^~(?=\/)/, home)))
      // One kind comes and goes with the branch that is checked out; of the other it is not known which file is meant.
      if (key.startsWith('includeif.onbranch:') || /^(?:~[^/]|%\()/.test(value)) fixed = false
    }
    // What comes from no file is what `wt` itself says to a git that only reads.
    if (file === undefined) continue
    entries.push([key, value])
    origins.push(file)
  }
  return { entries, origins, files: [...files], fixed }
}

/** git's idea of a boolean; anything that it would refuse counts as false. */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && (/^(?:true|yes|on)$/i.test(value) || /^[+-]?0*[1-9]\d*$/.test(value))

/** git's idea of a boolean that has been turned off on purpose. */
export const isFalse = (value: string | undefined): boolean =>
  value !== undefined && (/^(?:false|no|off)?$/i.test(value) || /^[+-]?0+$/.test(value))
