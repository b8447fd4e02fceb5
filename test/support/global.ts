import { mkdtempSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** One directory for everything that a test run writes; the run's end removes it. */
    readonly tempRoot: string
  }
}

/** Makes the directory that all tests of this run write into, and removes it when the run ends. */
const setup = (project: TestProject): (() => Promise<void>) => {
  // Real path: git prints resolved paths, and a temporary directory may be reached by a link.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wt-test-')))
  project.provide('tempRoot', root)
  // Not in one go: vitest takes a worker for stuck when it can't hear it end.
  return () => rm(root, { recursive: true, force: true, maxRetries: 3 })
}

export default setup
