/** Where the last part of a path begins and ends; slashes behind it do not count. */
const lastPart = (path: string): readonly [start: number, end: number] => {
  const end = path.replace(/\/+$/, '').length
  return [path.lastIndexOf('/', end - 1) + 1, end]
}

/** A branch name as one path component: slashes of both kinds become dashes. */
const sanitize = (text: string): string => text.replaceAll(/[/\\]/g, '-')

/** The last part of a path; empty for the root. */
const basename = (path: string): string => {
  const [start, end] = lastPart(path)
  return end === 0 ? '' : path.slice(start, end)
}

/** What stands before the last part of a path; empty when that is all there is. */
const dirname = (path: string): string => {
  const [start, end] = lastPart(path)
  if (end === 0 || start === 0) return ''
  const before = path.slice(0, start).replace(/\/+$/, '')
  return before === '' ? '/' : before
}

/** The filters that need nothing but their input. */
export const PLAIN_FILTERS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['sanitize', sanitize],
  ['basename', basename],
  ['dirname', dirname],
])
