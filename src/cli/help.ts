import { Config } from '@oclif/core/config'
import { CommandHelp, Help } from '@oclif/core/help'
import type { CommandClass, Commands } from './command-table.ts'

/** oclif shows no more of a description than its last line once it leaves the summary out of it. */
class WholeCommandHelp extends CommandHelp {
  protected override description(): string | undefined {
    const { description } = this.command
    return description === undefined ? undefined : this.wrap(description)
  }
}

/** oclif's own help, collected instead of printed. */
class CollectedHelp extends Help {
  readonly lines: string[] = []
  protected override CommandHelpClass = WholeCommandHelp

  /** A command that has others below it is listed once, as a command. */
  protected override get sortedTopics() {
    return super.sortedTopics.filter(({ name }) => this.config.findCommand(name) === undefined)
  }

  protected override log(...words: string[]): void {
    this.lines.push(words.join(' '))
  }
}

/** What a group of commands is about. */
const TOPICS = [
  { name: 'config', description: 'Read and change configuration, approvals and what is kept about the repository' },
  { name: 'config:approvals', description: 'See, give and withdraw approval of commands that the project brings' },
  { name: 'config:shell', description: 'Put wt into your shell: changing the directory, completion, a prompt' },
  { name: 'step', description: 'The single steps of wt merge, and other things that are done with worktrees' },
]

const withNames = (parts: object): object =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { ...part, name }]))

/** A command as oclif describes those that it has not loaded. */
const described = (id: string, Class: CommandClass): object => ({
  id,
  summary: Class.summary,
  description: Class.description,
  examples: Class.examples,
  usage: Class.usage,
  hidden: Class.hidden,
  aliases: [],
  hiddenAliases: [],
  args: withNames(Class.args),
  flags: withNames({ ...Class.baseFlags, ...Class.flags }),
  strict: Class.strict,
  pluginName: 'coppice',
  pluginType: 'core',
})

/** The help of one command or of a group of them, or of everything when no words are given. */
export const helpText = async (words: readonly string[], commands: Commands, version: string): Promise<string> => {
  const list = await Promise.all(
    Object.entries(commands).map(async ([id, load]) => described(id, (await load()) as CommandClass)),
  )
  const pjson = {
    name: 'coppice',
    version,
    description: 'Worktrees that never lose work',
    oclif: { bin: 'wt', topicSeparator: ' ' },
  }
  const root = { name: 'coppice', alias: 'coppice', root: '/', pjson, version, valid: true, type: 'core' }
  const plugin = { ...root, commands: list, commandIDs: Object.keys(commands), topics: TOPICS, hooks: {} }
  process.env['WT_DISABLE_THEME'] = '1'
  const config = await Config.load({ root: '/', pjson, plugins: new Map([['coppice', plugin]]) } as never)
  const help = new CollectedHelp(config, {
    maxWidth: 100,
    hideCommandSummaryInDescription: true,
  } as never)
  await help.showHelp([...words])
  return `${help.lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
