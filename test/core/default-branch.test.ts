import { expect, test } from 'vitest'
import { type DefaultBranchInput, defaultBranchFrom } from '../../src/core/default-branch.ts'
import type { BranchName, RefName, RepoId } from '../../src/core/ids.ts'
import { parseObjectId } from '../../src/core/ids.ts'
import { RefSnapshot } from '../../src/core/snapshot.ts'
import { gitValues } from './git-values.ts'

const oid = parseObjectId('1'.repeat(40))

interface Case {
  readonly settings?: Readonly<Record<string, string>>
  readonly branches?: readonly string[]
  /** Remote HEADs: where each symbolic ref points. */
  readonly symrefs?: Readonly<Record<string, string>>
  readonly remote?: string
  readonly answer?: DefaultBranchInput['answer']
  readonly head?: string
  readonly bareRoot?: boolean
}

const answerOf = ({ settings = {}, branches = [], symrefs = {}, remote, answer, head, bareRoot = false }: Case) =>
  defaultBranchFrom({
    settings: gitValues(Object.entries(settings)),
    refs: new RefSnapshot('test' as RepoId, [
      ...branches.map((name) => ({ name: `refs/heads/${name}` as RefName, oid })),
      ...Object.entries(symrefs).map(([name, symref]) => ({ name: name as RefName, oid, symref: symref as RefName })),
    ]),
    remote,
    ...(answer === undefined ? {} : { answer }),
    head: head as BranchName | undefined,
    bareRoot,
  })

const ORIGIN_HEAD = { 'refs/remotes/origin/HEAD': 'refs/remotes/origin/stable' }
const FAILED = { kind: 'none', timedOut: false } as const
const TIMED_OUT = { kind: 'none', timedOut: true } as const
const SAID = { kind: 'branch', branch: 'next' as BranchName } as const
const setting = (branch: string) => ({ 'wt.default-branch': branch })
const initial = (branch: string) => ({ 'init.defaultbranch': branch })
const found = (source: string, branch: string, exists: boolean, remember: boolean) => ({
  kind: 'found',
  branch,
  source,
  exists,
  remember,
})

test.each<[string, Case, object]>([
  [
    'the setting is first',
    { settings: setting('dev'), branches: ['dev'], symrefs: ORIGIN_HEAD, remote: 'origin' },
    found('setting', 'dev', true, false),
  ],
  [
    'a setting that names nothing',
    { settings: setting('gone'), branches: ['main'] },
    found('setting', 'gone', false, false),
  ],
  ['an empty setting is none', { settings: setting(''), branches: ['main'] }, found('only-branch', 'main', true, true)],
  [
    'the remote HEAD',
    { branches: ['main'], symrefs: ORIGIN_HEAD, remote: 'origin', answer: SAID },
    found('remote-head', 'stable', false, true),
  ],
  [
    'a remote and a branch with slashes',
    {
      branches: ['rel/1', 'main'],
      symrefs: { 'refs/remotes/a/b/HEAD': 'refs/remotes/a/b/rel/1' },
      remote: 'a/b',
    },
    found('remote-head', 'rel/1', true, true),
  ],
  [
    'the HEAD of another remote does not count',
    { branches: ['main'], symrefs: ORIGIN_HEAD, remote: 'fork' },
    { kind: 'needs-remote', remote: 'fork' },
  ],
  [
    'a HEAD that points out of its remote does not count',
    { branches: ['main'], symrefs: { 'refs/remotes/origin/HEAD': 'refs/heads/x' }, remote: 'origin' },
    { kind: 'needs-remote', remote: 'origin' },
  ],
  ['the remote itself', { branches: ['main'], remote: 'origin', answer: SAID }, found('remote', 'next', false, true)],
  [
    'a remote that failed',
    { branches: ['main', 'x'], remote: 'origin', answer: FAILED },
    found('usual-name', 'main', true, true),
  ],
  [
    'a remote that was too slow',
    { branches: ['main', 'x'], remote: 'origin', answer: TIMED_OUT },
    found('usual-name', 'main', true, false),
  ],
  [
    'the only branch, before HEAD',
    { branches: ['x'], head: 'y', bareRoot: true },
    found('only-branch', 'x', true, true),
  ],
  ['HEAD without branches', { head: 'unborn', settings: initial('z') }, found('head', 'unborn', false, true)],
  ['HEAD at a bare root', { branches: ['main', 'x'], head: 'x', bareRoot: true }, found('head', 'x', true, true)],
  ['not HEAD elsewhere', { branches: ['main', 'x'], head: 'x' }, found('usual-name', 'main', true, true)],
  ['init.defaultBranch', { branches: ['main', 'x'], settings: initial('x') }, found('init-setting', 'x', true, true)],
  [
    'not an init.defaultBranch that is not there',
    { branches: ['master', 'x'], settings: initial('y') },
    found('usual-name', 'master', true, true),
  ],
  ['usual names in order', { branches: ['trunk', 'develop', 'x'] }, found('usual-name', 'develop', true, true)],
  ['nothing to go by', { branches: ['x', 'y'], head: 'x' }, { kind: 'unknown' }],
  ['nothing at all', {}, { kind: 'unknown' }],
])('%s', (_, input, expected) => {
  expect(answerOf(input)).toEqual(expected)
})
