/** How much of a time-limited allowance is used up. */
export interface Allowance {
  /** Whole length of the window, seconds. */
  readonly window: number
  readonly usedPercent: number
  /** Seconds since 1970. */
  readonly resetsAt: number
}

/** What the editor's session says of itself on stdin. Everything may be missing. */
export interface ClaudeInput {
  readonly directory: string | undefined
  readonly model: string | undefined
  readonly contextPercent: number | undefined
  readonly allowances: readonly Allowance[]
}

const WINDOWS: readonly (readonly [name: string, seconds: number])[] = [
  ['five_hour', 5 * 3600],
  ['seven_day', 7 * 86_400],
]

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** Reads parsed JSON of any shape; what is not as expected counts as missing. */
export const readClaudeInput = (value: unknown): ClaudeInput => {
  const limits = field(value, 'rate_limits')
  return {
    directory: textOf(field(field(value, 'workspace'), 'current_dir')),
    model: textOf(field(field(value, 'model'), 'display_name')),
    contextPercent: numberOf(field(field(value, 'context_window'), 'used_percentage')),
    allowances: WINDOWS.flatMap(([name, window]) => {
      const limit = field(limits, name)
      const [usedPercent, resetsAt] = [numberOf(field(limit, 'used_percentage')), numberOf(field(limit, 'resets_at'))]
      return usedPercent === undefined || resetsAt === undefined ? [] : [{ window, usedPercent, resetsAt }]
    }),
  }
}

/** The same from the text on stdin; what is no JSON says nothing. */
export const parseClaudeInput = (text: string): ClaudeInput => {
  try {
    return readClaudeInput(JSON.parse(text))
  } catch {
    return readClaudeInput(undefined)
  }
}
