import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { putPlaceholder } from '../../src/git/trash/placeholder.ts'
import { wt } from '../support/cli.ts'
import { withWorktrees } from '../support/removing.ts'
import { type Scene, scene } from './removal-scene.ts'

/** What a removal leaves that is killed before the directory where the shell stood is taken away. */
const killed = (): Scene & { readonly place: AbsolutePath; readonly notes: () => readonly string[] } => {
  const it = scene()
  const place = `${it.repo.dir}.gone` as AbsolutePath
  putPlaceholder(it.common, place)
  return { ...it, place, notes: () => readdirSync(join(it.common, 'wt', 'leaving')) }
}

describe('an empty directory that a killed removal has left where a shell was', () => {
  test('goes with the next removal, whatever that one removes', async () => {
    const { repo, place, notes } = killed()
    expect(existsSync(place)).toBe(true)
    const { code, err } = await wt(repo, ['prune'])
    expect(code, err).toBe(0)
    expect(existsSync(place)).toBe(false)
    expect(notes()).toEqual([])
  })

  test('stays with what somebody has put into it', async () => {
    const { repo, place, notes } = killed()
    writeFileSync(join(place, 'mine'), 'mine\n')
    expect((await wt(repo, ['prune'])).code).toBe(0)
    expect(existsSync(join(place, 'mine'))).toBe(true)
    expect(notes()).toEqual([])
  })

  test('stays where it is another one by now', async () => {
    const { repo, place, notes } = killed()
    utimesSync(place, 1, 1)
    expect((await wt(repo, ['prune'])).code).toBe(0)
    expect(existsSync(place)).toBe(true)
    expect(notes()).toEqual([])
  })
})

test('where something stands already, nothing is put and nothing noted', () => {
  const repo = withWorktrees('a')
  const common = join(repo.dir, '.git') as AbsolutePath
  mkdirSync(`${repo.dir}.x`)
  expect(putPlaceholder(common, `${repo.dir}.x` as AbsolutePath)).toEqual([])
  expect(readdirSync(join(common, 'wt', 'leaving'))).toEqual([])
})
