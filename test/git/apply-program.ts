/** A program that plans to delete branches without a look at their worth, says so, and applies when told to. */
import { once } from 'node:events'
import { type AbsolutePath, type BranchName, branchRef, type RepoId } from '../../src/core/ids.ts'
import type { RefEdit } from '../../src/core/plan.ts'
import { apply } from '../../src/git/apply.ts'
import { openGit } from '../../src/git/git.ts'
import { captureRefs } from '../../src/git/refs.ts'
import { openWriter } from '../../src/git/writer.ts'

const run = async (dir: AbsolutePath, branches: readonly BranchName[]): Promise<string> => {
  const reader = openGit(dir, process.env)
  const repo = dir as string as RepoId
  const basis = await captureRefs(reader, repo)
  const edits = branches.map((branch): RefEdit => {
    const expected = basis.tip(branch)
    if (expected === undefined) throw new Error(`no branch ${branch}`)
    return { kind: 'delete', ref: branchRef(branch), expected }
  })
  process.stdout.write('ready\n')
  await once(process.stdin, 'data')
  const commonDir = `${dir}/.git` as AbsolutePath
  const context = { reader, writer: openWriter(dir, process.env), env: process.env, repo, commonDir }
  const forgets = branches.map((branch) => ({ kind: 'forget-branch', branch }) as const)
  const effects = [{ kind: 'edit-refs', edits, reason: 'test' } as const, ...forgets]
  await apply({ ...context, now: () => new Date(), command: process.argv }, { kind: 'plan', basis, effects })
  return 'done'
}

const [dir, ...branches] = process.argv.slice(2)
run(dir as AbsolutePath, branches as string[] as BranchName[]).then(
  (outcome) => process.stdout.write(`${outcome}\n`, () => process.exit(0)),
  (error: { readonly code?: string }) => process.stdout.write(`${error.code ?? error}\n`, () => process.exit(1)),
)
