import { beforeAll, describe, expect, test } from 'vitest'
import { hasReftable } from '../support/git.ts'
import { makeRepo } from '../support/repo.ts'
import type { RepoFormat } from '../support/template.ts'
import { branches, bundleProgram, go, start } from './apply-process.ts'

let program = ''
beforeAll(() => {
  program = bundleProgram()
})

const formats: readonly (readonly [string, RepoFormat, boolean])[] = [
  ['files', {}, true],
  ['reftable', { refFormat: 'reftable' }, hasReftable()],
]

for (const [name, format, able] of formats) {
  describe.runIf(able)(`processes at once: ${name}`, () => {
    test('one branch: exactly one process deletes it', async () => {
      const repo = makeRepo('basic', format)
      const runs = await Promise.all(Array.from({ length: 4 }, () => start(program, repo, 'topic')))
      runs.forEach(go)
      const words = await Promise.all(runs.map((run) => run.ended))
      expect(words.sort()).toEqual(['REF_MOVED', 'REF_MOVED', 'REF_MOVED', 'done'])
      expect(branches(repo)).toEqual(['main'])
    })

    test('overlapping sets: each process gets all of its set or none', async () => {
      const repo = makeRepo('basic', format)
      for (const branch of ['a', 'b', 'c', 'd']) repo.git('branch', branch)
      const sets = [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
      ] as const
      const runs = await Promise.all(sets.map((set) => start(program, repo, ...set)))
      runs.forEach(go)
      const words = await Promise.all(runs.map((run) => run.ended))
      const deleted = sets.filter((_, at) => words[at] === 'done').flat()
      expect(deleted.length).toBeGreaterThan(0)
      expect(new Set(deleted).size).toBe(deleted.length)
      expect(branches(repo)).toEqual(['a', 'b', 'c', 'd', 'main', 'topic'].filter((b) => !deleted.some((d) => d === b)))
      expect(words.filter((word) => word !== 'done').every((word) => word === 'REF_MOVED')).toBe(true)
    })
  })
}
