import { basename } from 'node:path'
import { WtError } from '../core/errors.ts'

/** Names that a shell gives a meaning, or that the wrappers and the completion themselves have to call. */
const TAKEN = new Set(
  `alias and awk begin bg break builtin case cd command compdef compgen complete compopt const continue coproc def
   declare do done echo elif else emulate end esac eval exec exit export extern false fg fi for foreach function
   functions git hash history if in integer jobs kill let local local-env loop match mktemp mut nocorrect node not or
   print printf pwd read readonly repeat return rm select set setopt sh shift source status string suspend switch test
   then time times trap true try type typeset ulimit umask unalias unfunction unset unsetopt until use wait where
   which while`.split(/\s+/),
)

const isSafe = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(name) && !TAKEN.has(name.toLowerCase())

/**
 * The name that wrapper and completion go by: `--cmd`, or what the program was started as. Throws COMMAND_NAME_UNSAFE
 * for a given name that no shell function should have.
 */
export const commandName = (given: string | undefined, program: string | undefined): string => {
  if (given !== undefined) {
    if (isSafe(given)) return given
    throw new WtError('COMMAND_NAME_UNSAFE', `no shell command can safely be called ${given || 'nothing at all'}`, {
      hint: 'use letters, digits, - and _, and no name that a shell uses itself',
    })
  }
  const started = basename(program ?? '').replace(/\.(?:[cm]?js|exe|cmd|ps1)$/i, '')
  return isSafe(started) ? started : 'wt'
}

/** The name as part of an identifier. */
export const identOf = (name: string): string => name.replaceAll('-', '_')
