import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
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
const setup = (project: TestProject): (() => void) => {
  // Real path: git prints resolved paths, and a temporary directory may be reached by a link.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wt-test-')))
  project.provide('tempRoot', root)
  return () => rmSync(root, { recursive: true, force: true, maxRetries: 3 })
}

export default setup
