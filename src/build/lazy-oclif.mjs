import { readFile } from 'node:fs/promises'

/**
 * Makes the modules of @oclif/core load each other on first use. Its compiled files begin with regular lines such as
 * `const x_1 = require("…")`, most of which a plain run never touches; see docs/decisions/0003-start-up.md.
 */
const REQUIRED = /^const (\w+) = ((?:__importDefault|__importStar)\()?require\("([^"]+)"\)(\))?;$/gm

const makeLazy = (source) => {
  const names = []
  const declared = source.replace(REQUIRED, (_, name, wrapper = '', id, close = '') => {
    names.push(name)
    return `let $${name}; const $get_${name} = () => ($${name} ??= ${wrapper}require("${id}")${close});`
  })
  return names.reduce(
    (text, name) => text.replace(new RegExp(`(?<![\\w$.])${name}(?![\\w$:])`, 'g'), `($get_${name}())`),
    declared,
  )
}

/** A listener on `process.stdout` would load the whole stream machinery; `wt` writes with `writeSync` and needs none. */
const STDOUT_LISTENER = /^process\.stdout\.on\('error'[\s\S]*?^\}\);$/m

const withoutStdoutListener = (source, path) => {
  if (!/[\\/]lib[\\/]command\.js$/.test(path)) return source
  if (!STDOUT_LISTENER.test(source)) throw new Error(`${path} has changed: look at src/build/lazy-oclif.mjs`)
  return source.replace(STDOUT_LISTENER, '')
}

export const lazyOclif = {
  name: 'lazy-oclif',
  setup(build) {
    build.onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      return { contents: makeLazy(withoutStdoutListener(source, path)), loader: 'js' }
    })
  },
}
