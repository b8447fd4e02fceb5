import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../architecture/tree.ts'

test('docs/list.svg is what wt list shows', () => {
  const program = join(ROOT, 'test', 'tools', 'picture.mjs')
  const { status, stderr } = spawnSync(process.execPath, [program, '--check'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
