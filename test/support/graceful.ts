import { expect } from 'vitest'
import type { CliAnswer } from './cli.ts'
import { makeRepo, type TestRepo } from './repo.ts'

/** What no failure may look like. */
export const expectGraceful = ({ code, out, err }: CliAnswer, expected = 1): void => {
  expect(err + out).not.toMatch(/\n\s+at |TypeError|ENO[A-Z]+:|this is a bug/)
  expect(code).toBe(expected)
  if (expected !== 0) expect(out).toBe('')
}

/** A repository whose default branch is on record, so that nothing has to look for it. */
export const ready = (scenario: Parameters<typeof makeRepo>[0] = 'ahead', format = {}): TestRepo => {
  const repo = makeRepo(scenario, format)
  repo.git('config', 'wt.default-branch', 'main')
  return repo
}
