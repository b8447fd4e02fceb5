import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RefName } from '../../src/core/ids.ts'
import type { RefEdit } from '../../src/core/plan.ts'
import { editRefs } from '../../src/git/edit-refs.ts'
import { contextOf, stateOf } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const ref = (name: string): RefName => `refs/heads/${name}` as RefName
const edit = (repo: TestRepo, edits: RefEdit): Promise<void> => editRefs(contextOf(repo), [edits], 'a reason')

describe('what stops git is told when no ref moved', () => {
  test('a hook of the user that says no', async () => {
    const repo = makeRepo('basic')
    repo.hook('reference-transaction', 'test "$1" = prepared && echo "frozen until Monday" >&2 && exit 1; exit 0')
    const before = stateOf(repo)
    await expect(edit(repo, { kind: 'delete', ref: ref('topic'), expected: repo.oid('topic') })).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringMatching(/aborted by (hook|the reference-transaction hook)/),
      cause: { message: expect.stringContaining('frozen until Monday') },
    })
    expect(stateOf(repo)).toBe(before)
  })

  test.each([['packed-refs.lock'], ['refs/heads/topic.lock']])(
    '%s left behind by a dead process: named, with what to do, and done once it is gone',
    async (name) => {
      const repo = makeRepo('basic')
      const lock = join(repo.dir, '.git', name)
      writeFileSync(lock, '')
      const deletion: RefEdit = { kind: 'delete', ref: ref('topic'), expected: repo.oid('topic') }
      const before = stateOf(repo)
      await expect(edit(repo, deletion)).rejects.toMatchObject({
        code: 'GIT_FAILED',
        message: `git update-ref failed: ${lock} is held by another git, or was left behind by one`,
        hint: `if no git is running there: rm '${lock}'`,
      })
      expect(stateOf(repo)).toBe(before)
      rmSync(lock)
      await edit(repo, deletion)
      expect(repo.git('branch', '--list', 'topic')).toBe('')
    },
  )

  test('a lock that goes within the second does not stop it', async () => {
    const repo = makeRepo('basic')
    const lock = join(repo.dir, '.git/refs/heads/topic.lock')
    writeFileSync(lock, '')
    setTimeout(() => rmSync(lock), 400)
    await edit(repo, { kind: 'delete', ref: ref('topic'), expected: repo.oid('topic') })
    expect(repo.git('branch', '--list', 'topic')).toBe('')
  })

  test('a signal that ended git after it had written: no word of another who moved the ref', async () => {
    const repo = makeRepo('basic')
    repo.hook('reference-transaction', '[ "$1" = committed ] && grep -q heads/topic && kill -9 $PPID; exit 0')
    const failure = edit(repo, { kind: 'delete', ref: ref('topic'), expected: repo.oid('topic') })
    await expect(failure).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: 'git update-ref was ended by a signal',
    })
    expect(repo.git('branch', '--list', 'topic')).toBe('')
  })
})
