import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOAK = join(import.meta.dirname, '..', 'soak', 'soak.mjs')

// A short form of `npm run test:soak`. Other rounds than the last time are tried each time; the seed is in the message.
test('random commands at once, some killed: nothing is lost and all goes on', { timeout: 300_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SOAK, '--rounds', '12'], { encoding: 'utf8' })
  expect(status, `${stdout}${stderr}`).toBe(0)
})
