import { runProcess } from './cli/program.ts'
import { commands } from './commands/index.ts'
import metadata from "../package.json" with { type: "json" }

void runProcess(commands, metadata.version)
