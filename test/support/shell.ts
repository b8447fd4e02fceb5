import { spawnSync } from 'node:child_process'
import type { TestRepo } from './repo.ts'

/** Runs a line of shell in a test's repository: for bytes that no argument of Node's can carry (`$'…'` is bash). */
export const shell = (repo: Pick<TestRepo, 'dir' | 'env'>, script: string): string => {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', script], { cwd: repo.dir, env: repo.env })
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stderr.toString()}`)
  return stdout.toString()
}

/** Numbers from 0 up to 1 that are the same for the same seed. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Choices made of such numbers. */
export interface Dice {
  /** A whole number from 0 up to `count`, without it. */
  roll(count: number): number
  /** True once in `count` times. */
  rarely(count: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** Dice that fall the same way for the same seed. */
export const diceFrom = (seed: number): Dice => {
  const random = randomFrom(seed)
  const roll = (count: number): number => Math.floor(random() * count)
  return {
    roll,
    rarely: (count) => roll(count) === 0,
    pick: (items) => items[roll(items.length)] as (typeof items)[number],
  }
}
