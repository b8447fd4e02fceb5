import type { Config } from '@oclif/core/config'
import type { BaseCommand, CommandSpecs } from './base-command.ts'
import type { Context } from './context.ts'

export type CommandClass = (new (
  argv: string[],
  config: Config,
  context: Context,
  specs?: CommandSpecs,
) => BaseCommand) &
  typeof BaseCommand

/** Every command by its id (words joined by a colon), loaded when it is wanted. */
export type Commands = Readonly<Record<string, () => Promise<CommandClass>>>
