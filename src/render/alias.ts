import type { Shadow } from '../core/shadow.ts'
import type { AliasCommand, AliasPreview, ShownAliasCommand, ShownAliases } from '../hooks/result.ts'
import { gutter, type MessageKind, message, phrase } from './message.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'

type Shadows = ReadonlyMap<string, Shadow | undefined>

const labelOf = (alias: string, { source, name }: Omit<AliasCommand, 'template'>): string =>
  name === undefined ? `${alias} ${source}` : `${alias} ${source}:${name}`

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** What an alias runs, for whoever asks for its help. */
export const renderAlias = (name: string, commands: readonly AliasCommand[], style: Style): string => {
  const lines = commands.map(({ source, name: own, template }) => {
    const from = own === undefined ? source : `${source}:${own}`
    return `  ${style.dim(sanitize(from))}  ${sanitize(template)}`
  })
  return `${[
    `${sanitize(name)} is an alias:`,
    ...lines,
    '',
    '--KEY=VALUE sets a variable that it uses; everything else, and what follows --, goes to {{ args }}.',
    `To see what would be run: wt config alias dry-run ${sanitize(name)}`,
  ].join('\n')}\n`
}

/** Aliases as they are written: a label and the template of each command. */
export const renderAliases = (commands: readonly ShownAliasCommand[], style: Style): string =>
  joined(
    commands.flatMap((command) => {
      const { alias, template, needsApproval } = command
      const label = phrase(style)`${labelOf(alias, command)}${{ painted: needsApproval ? ' (needs approval)' : '' }}`
      return [message(needsApproval ? 'prompt' : 'info', label, style), gutter(template, style)]
    }),
  )

const shadowLines = (shadow: Shadow | undefined, style: Style): readonly string[] => {
  if (shadow === undefined) return []
  const { command, instead } = shadow
  const hint = instead === undefined ? 'to be able to run it, give it another name' : `to run it: ${instead}`
  const warning = phrase(style)`the alias is hidden by ${command}, which is a command of wt itself`
  return [message('warning', warning, style), message('hint', hint, style)]
}

/** What is odd about aliases, for stderr. */
export const narrateAliases = ({ names, warnings }: ShownAliases, shadows: Shadows, style: Style): string =>
  joined([
    ...warnings.map((text) => message('warning', text, style)),
    ...names.flatMap((name) => shadowLines(shadows.get(name), style)),
    ...(names.length === 0 ? [message('info', 'no aliases are configured', style)] : []),
  ])

/** The same as `--json` prints it. */
export const shownAliasesJson = ({ commands }: ShownAliases, shadows: Shadows): readonly object[] =>
  commands.map(({ alias, source, name, step, template, needsApproval }) => ({
    alias,
    source,
    name: name ?? null,
    step,
    template,
    needs_approval: needsApproval,
    shadowed_by: shadows.get(alias)?.command ?? null,
  }))

/** What an alias would run, as text for stdout. */
export const renderAliasPreview = ({ alias, commands }: AliasPreview, style: Style): string =>
  joined(
    commands.flatMap((command) => [
      message('info', phrase(style)`${labelOf(alias, command)} would run`, style),
      gutter(command.script, style),
    ]),
  )

/** What the words behind an alias come to, and what is odd about it, for stderr. */
export const narrateAliasPreview = (preview: AliasPreview, shadow: Shadow | undefined, style: Style): string => {
  const { alias, help, values, args, warnings } = preview
  const tell = (kind: MessageKind, text: string): string => message(kind, text, style)
  return joined([
    ...shadowLines(shadow, style),
    ...warnings.map((text) => tell('warning', text)),
    ...Object.entries(values).map(([key, value]) => tell('info', `${key} is ${JSON.stringify(value)}`)),
    ...(args.length === 0 ? [] : [tell('info', `args are ${args.map((word) => JSON.stringify(word)).join(' ')}`)]),
    ...(help ? [tell('info', `with --help ${alias} says what it is, and runs nothing`)] : []),
  ])
}

/** The same as `--json` prints it. */
export const aliasPreviewJson = ({ alias, values, args, commands }: AliasPreview): object => ({
  alias,
  values,
  args,
  commands: commands.map(({ source, name, step, script }) => ({ source, name: name ?? null, step, command: script })),
})
