import { CLIError } from '@oclif/core/errors'
import { EXIT } from './exit-codes.ts'

/** A command line taken apart at its first `--`: what `wt` reads, and what is somebody else's. */
export const splitTrailing = (
  argv: readonly string[],
): { readonly own: string[]; readonly trailing: readonly string[] | undefined } => {
  const at = argv.indexOf('--')
  return at < 0 ? { own: [...argv], trailing: undefined } : { own: argv.slice(0, at), trailing: argv.slice(at + 1) }
}

/** The program that follows `--`. Throws a usage error where there is none. */
export const trailingCommand = (
  trailing: readonly string[] | undefined,
  usage: string,
): readonly [program: string, ...words: readonly string[]] => {
  const [program, ...words] = trailing ?? []
  if (program !== undefined && program !== '') return [program, ...words]
  throw new CLIError(`no program is named: ${usage}`, { exit: EXIT.usage })
}
