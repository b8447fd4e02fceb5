import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { inject } from 'vitest'

/** Bundles a TypeScript program so that a process of its own can run it. Returns the path for `node`. */
export const bundle = (program: URL): string => {
  const outfile = join(mkdtempSync(join(inject('tempRoot'), 'bundle-')), 'program.cjs')
  buildSync({
    entryPoints: [program.pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  })
  return outfile
}
