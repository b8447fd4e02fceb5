import { describe, expect, test } from 'vitest'
import { WtError } from '../../src/core/errors.ts'
import type { BranchName, RefName } from '../../src/core/ids.ts'
import { apply } from '../../src/git/apply.ts'
import { hasReftable } from '../support/git.ts'
import { contextOf, mustPlan, planRemoval, stateOf } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import type { RepoFormat } from '../support/template.ts'
import { branchMoves } from './stale-moves/branch.ts'
import { judgeMoves } from './stale-moves/judge.ts'
import type { Move } from './stale-moves/move.ts'
import { noMoves } from './stale-moves/none.ts'

const refsOf = (repo: TestRepo): readonly string[] =>
  repo.git('for-each-ref', '--format=%(refname) %(objectname)').split('\n')

/** The refusal names the ref that moved and where it is now; nothing at all is changed; a fresh look decides afresh. */
const expectRefusal = async (repo: TestRepo, move: Move, applying: Promise<unknown>, before: string): Promise<void> => {
  const error: unknown = await applying.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(WtError)
  const ref = move.moved as RefName
  const now = repo.tryGit(['rev-parse', '--verify', '--quiet', ref]).stdout.toString().trim()
  expect(error).toMatchObject({
    code: 'REF_MOVED',
    message: expect.stringMatching(new RegExp(`^${ref} moved meanwhile: .* now it is ${now === '' ? 'gone' : now}$`)),
  })
  expect(stateOf(repo)).toBe(before)
  const { judge } = move
  const again = await planRemoval(repo, { branch: 'topic', ...(judge !== undefined && { judge }) })
  expect(again.kind === 'refusal' ? again.code : again.kind).toBe(move.afresh)
  if (again.kind === 'plan') await apply(contextOf(repo), again)
}

for (const [name, format, able] of [
  ['files', {}, true],
  ['SHA-256', { objectFormat: 'sha256' }, true],
  ['reftable', { refFormat: 'reftable' }, hasReftable()],
] as readonly (readonly [string, RepoFormat, boolean])[]) {
  describe.runIf(able)(`between the look and the write: ${name}`, () => {
    test.each([...branchMoves, ...judgeMoves, ...noMoves])('$name', async (move) => {
      const repo = makeRepo('ahead', format)
      move.before?.(repo)
      const { judge, force = false } = move
      const plan = await mustPlan(repo, { branch: 'topic', force, ...(judge !== undefined && { judge }) })
      move.act(repo)
      const before = stateOf(repo)
      const refs = refsOf(repo)
      const applying = apply(contextOf(repo), plan)
      if (move.moved !== undefined) return expectRefusal(repo, move, applying, before)
      const { after } = await applying
      expect(after.tip('topic' as BranchName)).toBeUndefined()
      expect(refsOf(repo)).toEqual(refs.filter((line) => !line.startsWith('refs/heads/topic ')))
      for (const { name: ref, oid } of after.entries()) expect(refs).toContain(`${ref} ${oid}`)
    })
  })
}
