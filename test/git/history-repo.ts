import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { inject } from 'vitest'
import type { AbsolutePath, ObjectId } from '../../src/core/ids.ts'
import type { GitReader } from '../../src/git/git.ts'
import { openGit } from '../../src/git/git.ts'
import { hermeticEnvironment, makeHome } from '../support/environment.ts'
import { git } from '../support/git.ts'

/** A commit of a drawn history: its parents by number, all smaller than its own, and its date in seconds. */
export interface DrawnCommit {
  readonly parents: readonly number[]
  readonly date: number
}

/** A repository that holds a drawn history; commit n is on branch `c<n>`. */
export interface HistoryRepo {
  readonly dir: AbsolutePath
  readonly objectsDir: string
  readonly env: Readonly<Record<string, string>>
  readonly reader: GitReader
  /** Commit ids by number. */
  readonly ids: readonly ObjectId[]
  git(...args: readonly string[]): string
}

const ZONES = {
  rising: (at: number) => at * 60,
  equal: () => 0,
  few: (_: number, seed: number) => seed % 3,
  skewed: (_: number, seed: number) => seed % 1_000_000,
}

/** Histories with merges of up to four parents, criss-cross merges, several roots; dates in order, equal or skewed. */
export const drawHistory = (max: number): fc.Arbitrary<readonly DrawnCommit[]> =>
  fc
    .record({
      dates: fc.constantFrom<keyof typeof ZONES>('rising', 'equal', 'few', 'skewed'),
      reach: fc.integer({ min: 1, max: 8 }),
      commits: fc.array(fc.record({ parents: fc.array(fc.nat(50), { maxLength: 4 }), seed: fc.nat() }), {
        minLength: 2,
        maxLength: max,
      }),
    })
    .map(({ dates, reach, commits }) =>
      commits.map(({ parents, seed }, at) => {
        // Most drawn lists without a parent become plain commits: roots are rare.
        const wanted = parents.length === 0 && seed % 4 !== 0 ? [seed % 7] : parents
        const found = at === 0 ? [] : wanted.map((back) => at - 1 - (back % Math.min(at, reach)))
        return { parents: [...new Set(found)], date: 1_700_000_000 + ZONES[dates](at, seed) }
      }),
    )

const stream = (commits: readonly DrawnCommit[], from: number): string =>
  commits
    .slice(from)
    .map(({ parents, date }, index) => {
      const at = from + index
      const lines = parents.map((parent, first) => `${first === 0 ? 'from' : 'merge'} :${parent + 1}\n`)
      const who = `committer A <a@example.com> ${date} +0000\ndata 1\nx\n`
      return `commit refs/heads/c${at}\nmark :${at + 1}\n${who}${lines.join('')}M 100644 inline f${at}\ndata 0\n\n`
    })
    .join('')

/** How far the commit-graph of a made repository goes. */
export type Coverage = 'none' | 'whole' | 'part' | 'chain'

export interface MakeOptions {
  readonly coverage: Coverage
  readonly format?: 'sha1' | 'sha256'
}

/** Makes a repository of a drawn history with real git, in up to three steps with a commit-graph in between. */
export const makeHistoryRepo = (commits: readonly DrawnCommit[], options: MakeOptions): HistoryRepo => {
  const base = mkdtempSync(join(inject('tempRoot'), 'history-'))
  makeHome(join(base, 'home'))
  const env = hermeticEnvironment(base)
  const dir = join(base, 'repo') as AbsolutePath
  mkdirSync(dir)
  const run = (...args: readonly string[]): string => git(args, { cwd: dir, env })
  run('init', '-q', '--template=', `--object-format=${options.format ?? 'sha1'}`)
  const steps: Record<Coverage, readonly number[]> = {
    none: [],
    whole: [commits.length],
    part: [commits.length >> 1],
    chain: [1, 2, 3].map((n) => (commits.length * n) >> 2),
  }
  let done = 0
  for (const end of [...steps[options.coverage], commits.length]) {
    if (end > done) {
      const marks = ['--import-marks-if-exists=../marks', '--export-marks=../marks']
      const args = ['fast-import', '--quiet', '--date-format=raw', ...marks]
      git(args, { cwd: dir, env, input: stream(commits.slice(0, end), done) })
      if (steps[options.coverage].includes(end)) {
        const split = options.coverage === 'chain' ? ['--split=no-merge'] : []
        run('commit-graph', 'write', '--reachable', ...split)
      }
      done = end
    }
  }
  const ids: ObjectId[] = []
  for (const line of readFileSync(join(base, 'marks'), 'utf8').trim().split('\n')) {
    const [mark, id] = line.split(' ')
    ids[Number(mark?.slice(1)) - 1] = id as ObjectId
  }
  return { dir, objectsDir: join(dir, '.git/objects'), env, reader: openGit(dir, env), ids, git: run }
}

/** The numbers of the commits that each commit reaches, itself included. */
export const reachOf = (commits: readonly DrawnCommit[]): readonly ReadonlySet<number>[] => {
  const reach: Set<number>[] = []
  commits.forEach(({ parents }, at) => {
    const own = new Set([at])
    for (const parent of parents) for (const each of reach[parent] ?? []) own.add(each)
    reach.push(own)
  })
  return reach
}

/** The pairs of commits, by number, that have several best common ancestors: there it matters which one is named first. */
export const crissCrossed = (commits: readonly DrawnCommit[]): readonly (readonly [number, number])[] => {
  const reach = reachOf(commits)
  const bestOf = (one: number, two: number): number => {
    const common = [...(reach[one] ?? [])].filter((each) => reach[two]?.has(each))
    return common.filter((each) => !common.some((other) => other !== each && reach[other]?.has(each))).length
  }
  return commits
    .flatMap((_, one) => commits.map((_other, two) => [one, two] as const))
    .filter(([one, two]) => bestOf(one, two) > 1)
}
