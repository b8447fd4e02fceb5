import type { CommandGroup, Profile } from '../../core/profile.ts'
import { aligned, section } from '../aligned.ts'
import type { Style } from '../style.ts'
import { duration, recordLabel } from '../trace-words.ts'

/** Cells of a command line that are shown. */
const SHOWN = 120

const cut = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line
}

const lines = (rows: readonly (readonly string[])[]): readonly string[] => aligned(rows, '  ')

const table = (groups: readonly CommandGroup[]): readonly string[] =>
  lines(
    groups.map(({ name, count, total, longest }) => [
      cut(name),
      `${count}×`,
      duration(total),
      count === 1 ? '' : `longest ${duration(longest)}`,
    ]),
  )

/** Where a run spent its time. */
export const renderProfile = (profile: Profile, style: Style): string => {
  const { traced, commands, commandTotal, parallelism, peak, byType, byContext, slowest, repetitions } = profile
  const wasted = repetitions.reduce((total, each) => total + each.wasted, 0)
  const totals = [
    ['from start to end', duration(traced)],
    ['commands', `${commands}, ${duration(commandTotal)} together`],
    ['side by side', `${parallelism.toFixed(1)} on average, ${peak} at most`],
  ]
  return (
    section('TOTAL', lines(totals), style) +
    section('BY COMMAND', table(byType), style) +
    section('BY DIRECTORY', table(byContext), style) +
    section('SLOWEST', lines(slowest.map((record) => [duration(record.duration), cut(recordLabel(record))])), style) +
    section(
      repetitions.length === 0 ? 'ASKED TWICE' : `ASKED TWICE (${duration(wasted)} for nothing)`,
      lines(repetitions.map(({ command, count, wasted: each }) => [duration(each), `${count}×`, cut(command)])),
      style,
    )
  )
}

const groupJson = ({ count, total, longest }: CommandGroup): object => ({
  count,
  total_us: total,
  max_us: longest,
  avg_us: Math.round(total / count),
})

/** The same as `--json` prints it. */
export const profileJson = (profile: Profile): object => ({
  traced_us: profile.traced,
  command_count: profile.commands,
  command_total_us: profile.commandTotal,
  span_total_us: profile.spanTotal,
  parallelism: profile.parallelism,
  peak_concurrency: profile.peak,
  by_type: profile.byType.map((group) => ({ command: group.name, ...groupJson(group) })),
  by_context: profile.byContext.map((group) => ({ context: group.name, ...groupJson(group) })),
  slowest: profile.slowest.map((record) => ({ dur_us: record.duration, label: recordLabel(record) })),
  cache: {
    same_context_duplicates: profile.repetitions.map(({ command, context, count, wasted }) => ({
      command,
      context: context ?? null,
      extra_calls: count - 1,
      extra_us: wasted,
    })),
    same_context_extra_calls: profile.repetitions.reduce((total, { count }) => total + count - 1, 0),
    same_context_extra_us: profile.repetitions.reduce((total, { wasted }) => total + wasted, 0),
  },
})
