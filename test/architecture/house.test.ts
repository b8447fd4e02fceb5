import { describe, expect, test } from 'vitest'
import { files, filesIn, lineCount, textOf } from './tree.ts'

const CODE = ['.ts', '.mjs', '.cjs']
const sources = filesIn('src', ...CODE)

/** The scenarios and their driver are kept as they came. */
const tests = filesIn('test', ...CODE).filter((path) => !/^test\/conformance\/(?:differential|scenarios\/)/.test(path))

const without = (paths: readonly string[], fits: (path: string) => boolean): readonly string[] =>
  paths.filter((path) => !fits(path))

describe('files are small', () => {
  test('no file has more than 200 lines', () => {
    expect(without([...sources, ...tests], (path) => lineCount(path) <= 200)).toEqual([])
  })

  test('no command has more than 60', () => {
    expect(without(filesIn('src/commands', '.ts'), (path) => lineCount(path) <= 60)).toEqual([])
  })

  test('names are in kebab case', () => {
    expect(without([...sources, ...tests], (path) => /^(?:[a-z0-9-]+\/)+[a-z0-9.-]+$/.test(path))).toEqual([])
  })
})

describe('one room prints', () => {
  const prints = /\bconsole\s*[.[]|process\s*\.\s*(?:stdout|stderr)/

  test('nothing else touches the streams of the process', () => {
    const mayPrint = (path: string): boolean => path.startsWith('src/cli/') || path === 'src/host/terminal.ts'
    // What the build says of other people's code is no printing of ours.
    const others = sources.filter((path) => !mayPrint(path) && !path.startsWith('src/build/'))
    expect(without(others, (path) => !prints.test(textOf(path)))).toEqual([])
  })
})

describe('errors', () => {
  const codes = [...textOf('src/core/errors.ts').matchAll(/^ {2}\| '([A-Z_]+)'$/gm)].map(([, code = '']) => code)
  const refusals = [
    ...new Set(
      [...filesIn('src', '/plan.ts'), ...filesIn('src', '/codes.ts')].flatMap((path) =>
        textOf(path).match(/'[A-Z]+(?:_[A-Z]+)+'/g),
      ),
    ),
  ]
    .filter((code) => code !== null)
    .map((code) => code.slice(1, -1))
    // What is refused at first may also turn out later, and is an error then.
    .filter((code) => !codes.includes(code))
  const headings = [...textOf('docs/errors.md').matchAll(/^### ([A-Z_]+)$/gm)].map(([, code = '']) => code)

  test('each code has a heading in docs/errors.md, in order, and each heading a code', () => {
    expect(codes.length).toBeGreaterThan(5)
    expect(headings).toEqual([...codes, ...refusals.sort()])
  })

  test('each code is thrown somewhere', () => {
    const text = sources.map(textOf).join('\n')
    expect(codes.filter((code) => !new RegExp(`new WtError\\(\\s*'${code}'`).test(text))).toEqual([])
  })
})

describe('snapshots', () => {
  /** A path in a test, its holes standing for any one name. */
  const named = tests
    .flatMap((path) => textOf(path).match(/snapshots\/[^\s'"`)]+/g) ?? [])
    .map((path) =>
      path
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replace(/[.*+?^()|[\]\\]/g, '\\$&'))
        .join('[^/]+'),
    )

  test('each is made by some test', () => {
    const made = new RegExp(`^(?:${named.join('|')})$`)
    expect(without(filesIn('snapshots', ''), (path) => made.test(path))).toEqual([])
  })
})

describe('nothing of the machine it was made on', () => {
  /** The homes of the people in our examples, and the paths that tests are about. */
  const EXAMPLES = /\/home\/(?:ann|anna|me)\b|\/tmp\/(?:evil|rv)\b/g
  const HOST = /(?<![\w.])\/home\/\w|\/Users\/\w|\/root\b(?!\/?['"`])|\/tmp\/\w/
  const REGISTRY = /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|\bnpmjs\b/

  test('no path of a host', () => {
    const found = files.filter((path) => path !== 'test/architecture/house.test.ts')
    expect(without(found, (path) => !HOST.test(textOf(path).replace(EXAMPLES, '')))).toEqual([])
  })

  test('no registry', () => {
    const found = files.filter((path) => path !== 'test/architecture/house.test.ts')
    expect(without(found, (path) => !REGISTRY.test(textOf(path)))).toEqual([])
  })

  test('the lock file does not say where packages came from', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"')
  })
})
