import { expect, test } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import { planRelocation, type Stray } from '../../src/worktree/relocate/plan.ts'

const path = (text: string): AbsolutePath => text as AbsolutePath

const stray = (branch: string, from: string, to: string, rest: Partial<Stray> = {}): Stray => ({
  branch: branch as BranchName,
  from: path(from),
  to: path(to),
  main: false,
  stays: undefined,
  ...rest,
})

interface World {
  readonly others?: readonly string[]
  readonly occupied?: readonly string[]
  readonly clobber?: boolean
}

const plan = (strays: readonly Stray[], { others = [], occupied = [], clobber = false }: World = {}) => {
  const registered = [...strays.map(({ from }) => from), ...others.map(path)]
  const there = new Set([...registered, ...occupied.map(path)])
  const targets = strays.flatMap(({ to }) => to ?? [])
  const made = planRelocation({ strays, registered, occupied: new Set(targets.filter((to) => there.has(to))), clobber })
  return {
    moves: made.moves.map(({ branch }) => branch),
    aside: made.aside.map(({ branch }) => branch),
    skipped: Object.fromEntries(made.skipped.map(({ branch, reason }) => [branch, reason])),
  }
}

test('a chain moves from its free end', () => {
  expect(plan([stray('a', '/1', '/2'), stray('b', '/2', '/3'), stray('c', '/3', '/4')])).toEqual({
    moves: ['c', 'b', 'a'],
    aside: [],
    skipped: {},
  })
})

test('of each circle one steps aside; what waits for a circle comes after it', () => {
  const circle = [stray('a', '/1', '/2'), stray('b', '/2', '/3'), stray('c', '/3', '/1')]
  const made = plan([...circle, stray('x', '/8', '/9'), stray('y', '/9', '/8')])
  expect(made.aside).toEqual(['a', 'x'])
  expect([...made.moves].sort()).toEqual(['a', 'b', 'c', 'x', 'y'])
  expect(made.moves.indexOf('c' as BranchName)).toBeLessThan(made.moves.indexOf('b' as BranchName))
})

test('whoever waits for one that stays is not begun', () => {
  const strays = [stray('a', '/1', '/2'), stray('b', '/2', '/3'), stray('c', '/3', '/4', { stays: 'locked' })]
  expect(plan(strays)).toEqual({
    moves: [],
    aside: [],
    skipped: { a: 'target_is_worktree', b: 'target_is_worktree', c: 'locked' },
  })
})

test('what is in the way', () => {
  expect(plan([stray('a', '/1', '/2')], { occupied: ['/2'] }).skipped).toEqual({ a: 'target_blocked' })
  expect(plan([stray('a', '/1', '/2')], { occupied: ['/2'], clobber: true }).moves).toEqual(['a'])
  expect(plan([stray('a', '/1', '/2')], { others: ['/2'], clobber: true }).skipped).toEqual({ a: 'target_is_worktree' })
  expect(plan([stray('a', '/1', '/2')], { others: ['/2/in'], clobber: true }).skipped).toEqual({
    a: 'target_is_worktree',
  })
  expect(plan([stray('a', '/1', '/1/in')]).skipped).toEqual({ a: 'target_blocked' })
  expect(plan([stray('a', '/1', '/3'), stray('b', '/2', '/3')])).toMatchObject({
    moves: ['a'],
    skipped: { b: 'target_is_worktree' },
  })
})

test('a worktree in another is not taken along: it goes first, or both stay', () => {
  expect(plan([stray('outer', '/1', '/2'), stray('inner', '/1/in', '/3')]).moves).toEqual(['inner', 'outer'])
  expect(plan([stray('outer', '/1', '/2')], { others: ['/1/in'] }).skipped).toEqual({ outer: 'contains_worktree' })
})

test('the main worktree stays in its place, whoever wants it', () => {
  const main = stray('feature', '/main', '/feature', { main: true })
  expect(plan([main, stray('trunk', '/x', '/main')])).toMatchObject({
    moves: ['feature'],
    skipped: { trunk: 'target_is_worktree' },
  })
})
