/** A command line taken apart at its first `--`: what `wt` reads, and what is somebody else's. */
export const splitTrailing = (
  argv: readonly string[],
): { readonly own: string[]; readonly trailing: readonly string[] | undefined } => {
  const at = argv.indexOf('--')
  return at < 0 ? { own: [...argv], trailing: undefined } : { own: argv.slice(0, at), trailing: argv.slice(at + 1) }
}
