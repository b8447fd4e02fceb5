import { describe, expect, test } from 'vitest'
import { profileOf } from '../../src/core/profile.ts'
import { parseTrace, type TraceRecord, traceLine } from '../../src/core/trace.ts'

const ran = (command: string, at: number, duration: number, more: object = {}): TraceRecord => ({
  kind: 'command',
  at,
  duration,
  command,
  context: '/r',
  fed: false,
  ok: true,
  ...more,
})

describe('a trace', () => {
  test('is read as it was written', () => {
    const records = [
      ran('git status', 5, 10),
      ran("sh -c 'x\ny'", 0, 1, { context: undefined, ok: false, fed: true }),
      { kind: 'span', at: 0, duration: 3, name: 'start' } as const,
    ]
    expect(parseTrace(records.map(traceLine).join(''))).toEqual(records)
  })

  test('whatever is no record is passed over', () => {
    const bad = [
      '',
      '[',
      '1',
      'null',
      '{}',
      '{"kind":"span","ts":1,"dur_us":-1,"span":"x"}',
      '{"kind":"cmd_completed"}',
    ]
    expect(parseTrace(bad.join('\n'))).toEqual([])
  })
})

describe('a profile', () => {
  test('kinds of commands, whatever stands before git’s subcommand; the longest first', () => {
    const { byType, commands, commandTotal } = profileOf([
      ran('/usr/bin/git -c a=b -C x --no-pager status -z', 0, 10),
      ran('git status', 0, 20),
      ran('git --version', 0, 1),
      ran("/bin/sh -c 'git status'", 0, 5),
    ])
    expect(byType.map(({ name, count, total, longest }) => [name, count, total, longest])).toEqual([
      ['git status', 2, 30, 20],
      ['sh', 1, 5, 5],
      ['git', 1, 1, 1],
    ])
    expect([commands, commandTotal]).toEqual([4, 36])
  })

  test('how many ran side by side: idle time does not count, and who ends is no neighbour of who begins', () => {
    const { parallelism, peak, traced } = profileOf([
      ran('a', 0, 10),
      ran('b', 5, 5),
      ran('c', 10, 5),
      ran('d', 100, 5),
    ])
    expect({ parallelism, peak, traced }).toEqual({ parallelism: 25 / 20, peak: 2, traced: 105 })
    expect(profileOf([{ kind: 'span', at: 0, duration: 3, name: 'x' }])).toMatchObject({ parallelism: 0, peak: 0 })
  })

  test('the same question in the same place; not one that was given something to read', () => {
    const fed = { fed: true }
    const twice = [ran('git a', 0, 3), ran('git a', 5, 7), ran('git a', 20, 1, { context: '/other' })]
    const { repetitions } = profileOf([...twice, ran('git b', 0, 1, fed), ran('git b', 0, 1, fed)])
    expect(repetitions).toEqual([{ command: 'git a', context: '/r', count: 2, wasted: 3 }])
  })
})
