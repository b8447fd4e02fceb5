// Builds dist/: main.cjs, the whole program in one file, and wt.js, which starts it with V8's code cache.
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { lazyOclif } from './lazy-oclif.mjs'
import { noColourProbe } from './no-colour-probe.mjs'

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.bash': 'text', '.zsh': 'text', '.fish': 'text', '.sh': 'text' },
  // What oclif loads only to run a plugin's TypeScript sources; `wt` has no plugins.
  external: ['typescript', 'ts-node', 'tsx'],
}

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
await Promise.all([
  // A function for the launcher to call; in ASCII only, so that it may be read as latin1 without decoding.
  build({
    ...shared,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/main.cjs',
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    minify: true,
    charset: 'ascii',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [lazyOclif, noColourProbe],
  }),
  build({ ...shared, entryPoints: ['src/launch.ts'], outfile: 'dist/wt.js', banner: { js: '#!/usr/bin/env node' } }),
  // The package itself is ESM; what is built is not.
  writeFile('dist/package.json', '{"type":"commonjs"}\n'),
])
await chmod('dist/wt.js', 0o755)
