// Builds dist/: main.cjs, the whole program in one file; list.cjs, the part that lists; and wt.js, which starts one of
// them with V8's code cache.
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
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
  // What oclif loads only to run a plugin's TypeScript sources; `wt` has no plugins.
  external: ['typescript', 'ts-node', 'tsx'],
  // What goes into the user's shells are files of their own; the program carries them as text.
  loader: { '.sh': 'text', '.bash': 'text', '.zsh': 'text', '.fish': 'text', '.nu': 'text', '.ps1': 'text' },
}

/** What completion has to know of all commands, as JSON: asked once here, so that no shell has to wait for it. */
const readCommandSpecs = async () => {
  const contents = `
    import { commandSpecs } from './src/cli/command-specs.ts'
    import { commands } from './src/commands/index.ts'
    export const specs = () => commandSpecs(commands)`
  const outfile = 'dist/command-specs.cjs'
  await build({ ...shared, stdin: { contents, resolveDir: '.' }, outfile })
  const { specs } = createRequire(import.meta.url)('../../dist/command-specs.cjs')
  await rm(outfile)
  return JSON.stringify(await specs())
}

/** esbuild leaves regular expressions and tagged templates as they are, whatever the `charset`. */
const inAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A function for the launcher to call; in ASCII only, so that it may be read as latin1 without decoding. */
const program = async (name, specs) => {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [`src/${name}.ts`],
    outfile: `dist/${name}.cjs`,
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    minify: true,
    charset: 'ascii',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"', BUILT_COMMAND_SPECS: specs },
    plugins: [lazyOclif, noColourProbe],
  })
  await Promise.all(outputFiles.map(({ path, text }) => writeFile(path, inAscii(text))))
}

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
// The package itself is ESM; what is built is not.
await writeFile('dist/package.json', '{"type":"commonjs"}\n')
const commandSpecs = await readCommandSpecs()
await Promise.all([
  program('main', JSON.stringify(commandSpecs)),
  program('list', 'undefined'),
  build({ ...shared, entryPoints: ['src/launch.ts'], outfile: 'dist/wt.js', banner: { js: '#!/usr/bin/env node' } }),
])
await chmod('dist/wt.js', 0o755)
