import { EPOCH } from './environment.ts'

/** A history: what `git fast-import` makes of the stream, then git commands that a stream has no word for. */
export interface Scenario {
  readonly stream: string
  readonly commands?: readonly (readonly string[])[]
}

interface Commit {
  readonly ref: string
  readonly mark: number
  /** The mark of the parent; none for a root commit. */
  readonly from?: number
  readonly message: string
  readonly files: Readonly<Record<string, string>>
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`

/** One commit as fast-import reads it. The commit with mark n is n hours younger than `EPOCH`. */
const commit = ({ ref, mark, from, message, files }: Commit): string =>
  [
    `commit ${ref}\nmark :${mark}\n`,
    `committer Ada Example <ada@example.com> ${EPOCH + mark * 3600} +0000\n`,
    data(message),
    from === undefined ? '' : `from :${from}\n`,
    ...Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
    '\n',
  ].join('')

const reset = (ref: string, mark: number): string => `reset ${ref}\nfrom :${mark}\n\n`

const MAIN = 'refs/heads/main'
const FEATURE = 'refs/heads/feature'
const first = commit({ ref: MAIN, mark: 1, message: 'First', files: { 'README.md': 'hello\n', 'a.txt': '1\n2\n3\n' } })
const second = commit({ ref: MAIN, mark: 2, from: 1, message: 'Second', files: { 'b.txt': 'b\n' } })
const start = first + second

const feature =
  commit({ ref: FEATURE, mark: 11, from: 2, message: 'Feature one', files: { 'feature.txt': 'one\n' } }) +
  commit({ ref: FEATURE, mark: 12, from: 11, message: 'Feature two', files: { 'feature.txt': 'one\ntwo\n' } })

const onMain = (mark: number, from: number, message: string, files: Readonly<Record<string, string>>): string =>
  commit({ ref: MAIN, mark, from, message, files })

/** The histories that tests name. `main` has two commits at least and is checked out. */
export const scenarios = {
  /** `topic` is the commit before the tip of `main`: merged. */
  basic: { stream: start + reset('refs/heads/topic', 1) },
  /** `feature` is two commits ahead of `main`; `topic` is merged. */
  ahead: { stream: start + reset('refs/heads/topic', 1) + feature },
  /** `feature` was squashed into `main`, which then went on. */
  squashed: {
    stream:
      start +
      feature +
      onMain(13, 2, 'Feature (squashed)', { 'feature.txt': 'one\ntwo\n' }) +
      onMain(14, 13, 'Later', { 'c.txt': 'c\n' }),
  },
  /** `feature` is two ahead and one behind; merging is clean. */
  diverged: { stream: start + feature + onMain(13, 2, 'Other', { 'c.txt': 'c\n' }) },
  /** `feature` and `main` wrote different things to `feature.txt`. */
  conflicting: { stream: start + feature + onMain(13, 2, 'Clash', { 'feature.txt': 'uno\n' }) },
  /**
   * Remote-tracking refs without a reachable remote: `main` is one behind `origin/main`, `feature` equals its upstream,
   * the upstream of `gone` does not exist, `origin/HEAD` points at `origin/main`.
   */
  tracking: {
    stream:
      start +
      feature +
      reset('refs/heads/gone', 2) +
      reset('refs/remotes/origin/feature', 12) +
      commit({
        ref: 'refs/remotes/origin/main',
        mark: 13,
        from: 2,
        message: 'Upstream',
        files: { 'upstream.txt': 'u\n' },
      }),
    commands: [
      ['remote', 'add', 'origin', '/nowhere/origin.git'],
      ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main'],
      ...['main', 'feature', 'gone'].flatMap((branch) => [
        ['config', `branch.${branch}.remote`, 'origin'],
        ['config', `branch.${branch}.merge`, `refs/heads/${branch}`],
      ]),
    ],
  },
} as const satisfies Readonly<Record<string, Scenario>>

export type ScenarioName = keyof typeof scenarios
