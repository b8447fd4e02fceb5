/** What git complained of, on one line without its prefix; a warning only where there is nothing else. */
export const complaint = (stderr: string): string => {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((each) => /^(fatal|error): /.test(each)) ?? lines[0]
  return line?.replace(/^(fatal|error|warning): /, '').trim() ?? 'it gave no reason'
}

/** The subcommand in a command line of git: the first word that is neither an option nor the value of `-c`. */
export const subcommandOf = (args: readonly string[]): string =>
  args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '-c') ?? ''
