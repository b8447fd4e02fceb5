import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..')

/** What is made, not written. */
const MADE = /^(?:\.git|node_modules|dist|coverage)$|\.(?:tgz|log)$/

const under = (directory: string): readonly string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !MADE.test(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      return entry.isDirectory() ? under(path) : entry.isFile() ? [path] : []
    })

/** Every file that is written by hand or kept with the sources, from the root, in order. */
export const files: readonly string[] = under(ROOT)
  .map((path) => relative(ROOT, path))
  .sort()

/** The text of a file, by its path from the root. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** How many lines a file has. */
export const lineCount = (path: string): number => textOf(path).split('\n').length - 1

/** The files below a directory whose names end in one of these. */
export const filesIn = (directory: string, ...endings: readonly string[]): readonly string[] =>
  files.filter((path) => path.startsWith(`${directory}/`) && endings.some((ending) => path.endsWith(ending)))
