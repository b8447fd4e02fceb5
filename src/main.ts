import metadata from '../package.json' with { type: 'json' }
import { runProcess } from './cli/program.ts'
import { commands } from './commands/index.ts'

void runProcess(commands, metadata.version)
