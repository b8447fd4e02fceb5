import metadata from '../package.json' with { type: 'json' }
import { runProcess } from './cli/program.ts'
import { listing } from './commands/listing.ts'

void runProcess(listing, metadata.version)
