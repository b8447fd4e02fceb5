import type { Config } from '@oclif/core/config'
import type { BaseCommand } from './base-command.ts'
import type { Context } from './context.ts'

export type CommandClass = (new (argv: string[], config: Config, context: Context) => BaseCommand) & typeof BaseCommand

/** Every command by its id (words joined by a colon), loaded when it is wanted. */
export type Commands = Readonly<Record<string, () => Promise<CommandClass>>>
