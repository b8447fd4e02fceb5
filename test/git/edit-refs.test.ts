import { describe, expect, test } from 'vitest'
import type { ObjectId, RefName } from '../../src/core/ids.ts'
import type { RefEdit } from '../../src/core/plan.ts'
import { editRefs } from '../../src/git/edit-refs.ts'
import { hasReftable } from '../support/git.ts'
import { contextOf, stateOf } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import type { RepoFormat } from '../support/template.ts'

const ref = (name: string): RefName => `refs/heads/${name}` as RefName
const edit = (repo: TestRepo, ...edits: readonly RefEdit[]): Promise<void> =>
  editRefs(contextOf(repo), edits, 'a reason')
const refsOf = (repo: TestRepo): string => repo.git('for-each-ref', '--format=%(refname:short) %(objectname) %(symref)')

/** Ids of the commits that the tests move refs between. */
const idsOf = (repo: TestRepo): { readonly first: ObjectId; readonly second: ObjectId } => ({
  first: repo.oid('main~1'),
  second: repo.oid('main'),
})

const formats: readonly (readonly [string, RepoFormat, boolean])[] = [
  ['files', {}, true],
  ['SHA-256', { objectFormat: 'sha256' }, true],
  ['bare', { bare: true }, true],
  ['reftable', { refFormat: 'reftable' }, hasReftable()],
]

for (const [name, format, able] of formats) {
  describe.runIf(able)(`all or nothing: ${name}`, () => {
    test('creates, updates, deletes and verifies at once', async () => {
      const repo = makeRepo('basic', format)
      const { first, second } = idsOf(repo)
      repo.git('branch', 'old', 'main~1')
      await edit(
        repo,
        { kind: 'create', ref: ref('new'), to: second },
        { kind: 'update', ref: ref('topic'), expected: first, to: second },
        { kind: 'delete', ref: ref('old'), expected: first },
        { kind: 'verify', ref: ref('main'), expected: second },
      )
      expect(refsOf(repo)).toBe(`main ${second} \nnew ${second} \ntopic ${second} `)
    })

    test('one edit that does not hold stops all', async () => {
      const repo = makeRepo('basic', format)
      const { first, second } = idsOf(repo)
      const wrong: readonly RefEdit[] = [
        { kind: 'create', ref: ref('topic'), to: second },
        { kind: 'update', ref: ref('topic'), expected: second, to: first },
        { kind: 'update', ref: ref('missing'), expected: second, to: first },
        { kind: 'delete', ref: ref('topic'), expected: second },
        { kind: 'delete', ref: ref('missing'), expected: second },
        { kind: 'verify', ref: ref('topic'), expected: second },
        { kind: 'verify', ref: ref('missing'), expected: second },
      ]
      const before = stateOf(repo)
      for (const last of wrong) {
        const failure = edit(repo, { kind: 'create', ref: ref('new'), to: second }, last)
        const now = last.ref === ref('topic') ? first : 'gone'
        await expect(failure).rejects.toMatchObject({
          code: 'REF_MOVED',
          message: expect.stringMatching(new RegExp(`^${last.ref} moved meanwhile: .* now it is ${now}$`)),
        })
        expect(stateOf(repo)).toBe(before)
      }
    })

    test('refs outside the snapshot are judged too', async () => {
      const repo = makeRepo('basic', format)
      const { first, second } = idsOf(repo)
      const backup = 'refs/wt-backup/topic' as RefName
      await edit(repo, { kind: 'create', ref: backup, to: first })
      await expect(edit(repo, { kind: 'create', ref: backup, to: second })).rejects.toMatchObject({ code: 'REF_MOVED' })
      expect(repo.oid(backup)).toBe(first)
    })
  })
}

test('the reason is in the reflog', async () => {
  const repo = makeRepo('basic')
  const { first, second } = idsOf(repo)
  await edit(repo, { kind: 'update', ref: ref('topic'), expected: first, to: second })
  expect(repo.git('log', '-g', '-1', '--format=%gs', 'topic')).toBe('a reason')
})

describe('one ref named twice', () => {
  test('many deletions lean on one target', async () => {
    const repo = makeRepo('basic')
    const { first, second } = idsOf(repo)
    repo.git('branch', 'other', 'main~1')
    const proof: RefEdit = { kind: 'verify', ref: ref('main'), expected: second }
    const deletions = ['topic', 'other'].map((name): RefEdit => ({ kind: 'delete', ref: ref(name), expected: first }))
    await edit(repo, ...deletions.flatMap((deletion) => [proof, deletion]))
    expect(refsOf(repo)).toBe(`main ${second} `)
  })

  test('an update verifies its own ref', async () => {
    const repo = makeRepo('basic')
    const { first, second } = idsOf(repo)
    const proof: RefEdit = { kind: 'verify', ref: ref('main'), expected: second }
    await edit(repo, proof, { kind: 'update', ref: ref('main'), expected: second, to: first })
    expect(repo.oid('main')).toBe(first)
  })

  test('with two expectations never passes', async () => {
    const repo = makeRepo('basic')
    const { first, second } = idsOf(repo)
    const before = stateOf(repo)
    const proofs = [first, second].map((expected): RefEdit => ({ kind: 'verify', ref: ref('main'), expected }))
    await expect(edit(repo, ...proofs)).rejects.toMatchObject({ code: 'REF_MOVED' })
    expect(stateOf(repo)).toBe(before)
  })
})

describe('symbolic refs', () => {
  test('a deletion takes the name, not what it points at', async () => {
    const repo = makeRepo('basic')
    const { first, second } = idsOf(repo)
    repo.git('symbolic-ref', 'refs/heads/alias', 'refs/heads/topic')
    await edit(repo, { kind: 'delete', ref: ref('alias'), expected: first })
    expect(refsOf(repo)).toBe(`main ${second} \ntopic ${first} `)
  })

  test('an update goes to what it points at, as a commit would', async () => {
    const repo = makeRepo('basic')
    const { first, second } = idsOf(repo)
    repo.git('symbolic-ref', 'refs/heads/alias', 'refs/heads/topic')
    await edit(repo, { kind: 'update', ref: ref('alias'), expected: first, to: second })
    expect(refsOf(repo)).toBe(`alias ${second} refs/heads/topic\nmain ${second} \ntopic ${second} `)
  })

  test('a premise is what it leads to', async () => {
    const repo = makeRepo('tracking')
    const head = 'refs/remotes/origin/HEAD' as RefName
    const proof: RefEdit = { kind: 'verify', ref: head, expected: repo.oid('refs/remotes/origin/main') }
    const deletion: RefEdit = { kind: 'delete', ref: ref('gone'), expected: repo.oid('gone') }
    repo.git('update-ref', 'refs/remotes/origin/main', 'main~1')
    await expect(edit(repo, proof, deletion)).rejects.toMatchObject({ code: 'REF_MOVED' })
    repo.git('update-ref', 'refs/remotes/origin/main', proof.expected)
    await edit(repo, proof, deletion)
    expect(repo.git('branch', '--list', 'gone')).toBe('')
  })
})

test('what a symbolic premise leads to is locked until all is done', async () => {
  const repo = makeRepo('tracking')
  const head = 'refs/remotes/origin/HEAD' as RefName
  const expected = repo.oid('refs/remotes/origin/main')
  repo.hook('reference-transaction', '[ "$1" = prepared ] && git update-ref refs/remotes/origin/main main~1; exit 0')
  await edit(
    repo,
    { kind: 'verify', ref: head, expected },
    { kind: 'delete', ref: ref('gone'), expected: repo.oid('gone') },
  )
  expect(repo.oid(head)).toBe(expected)
})

test('a name that is not UTF-8 is created and deleted by its bytes, and a stale edit of it is refused', async () => {
  const repo = makeRepo('basic')
  const { first, second } = idsOf(repo)
  const odd = ref('caf\udce9')
  await edit(repo, { kind: 'create', ref: odd, to: first })
  expect(repo.tryGit(['for-each-ref', '--format=%(refname)']).stdout.includes('f\xe9\n', 0, 'latin1')).toBe(true)
  const stale = edit(repo, { kind: 'delete', ref: odd, expected: second })
  await expect(stale).rejects.toMatchObject({
    code: 'REF_MOVED',
    message: expect.stringMatching(`now it is ${first}$`),
  })
  await edit(repo, { kind: 'delete', ref: odd, expected: first })
  expect(refsOf(repo)).toBe(`main ${second} \ntopic ${first} `)
})
