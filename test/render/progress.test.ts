import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openProgress } from '../../src/cli/progress.ts'
import { makeStyle } from '../../src/render/style.ts'

const terminal = () => {
  let text = ''
  const write = (piece: string): void => {
    text += piece
  }
  const out = { write, terminal: true, columns: 80, rows: 24, colour: false, style: makeStyle(false) }
  return { out: out as unknown as Parameters<typeof openProgress>[0], shown: () => text }
}

test('a deletion that is soon done shows nothing, however long it took to get there', async () => {
  const { out, shown } = terminal()
  const progress = openProgress(out)
  await sleep(150)
  progress.show(1, 10)
  progress.end()
  expect(shown()).toBe('')
})

test('one that takes a while shows how far it is, and leaves nothing behind', async () => {
  const { out, shown } = terminal()
  const progress = openProgress(out)
  progress.show(1, 10)
  await sleep(150)
  progress.show(2, 20)
  expect(shown()).toContain('deleting: 2 files, 20 bytes\n')
  progress.end()
  expect(shown()).toMatch(/\n\u001b\[1A\u001b\[J$/)
})
