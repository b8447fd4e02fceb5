import type { HookKind } from '../core/hooks.ts'
import type { HookEvent, HookPreview, PipelineRecord, ProjectCommand, ShownCommand } from '../hooks/result.ts'
import { renderGiven } from './given.ts'
import { gutter, message, phrase } from './message.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'

const named = (source: string, name: string | undefined): string => (name === undefined ? source : `${source}:${name}`)

const lines = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('')

/** What a hook tells while it runs, as text for stderr. */
export const renderHookEvent = (event: HookEvent, style: Style): string => {
  const say = phrase(style)
  switch (event.kind) {
    case 'given':
      return renderGiven(event.variables, event.template, style, event.label)
    case 'expanded':
      return lines(message('info', `result of ${sanitize(event.label)}`, style), gutter(event.script, style))
    case 'running': {
      const { hook, source, name, script } = event
      return lines(message('progress', say`running ${hook} ${named(source, name)}`, style), gutter(script, style))
    }
    case 'line':
      return `${style.dim(`${sanitize(event.name).padEnd(event.width)} │`)} ${event.text}\n`
    case 'failed':
      return lines(message('warning', event.message, style))
    case 'started':
      return lines(message('progress', say`running ${event.hook} in the background: ${event.labels.join(', ')}`, style))
    case 'dropped':
      return lines(message('warning', say`${event.hook} is not run: its directory is gone: ${event.path}`, style))
  }
}

/** What is asked before commands of a project run for the first time, without the question itself. */
export const renderApproval = (commands: readonly ProjectCommand[], style: Style, review = false): string => {
  const count = commands.length === 1 ? 'a command' : `${commands.length} commands`
  const head = review ? `this project has ${count} to approve` : `this project wants to run ${count}`
  return lines(
    message(review ? 'info' : 'warning', head, style),
    ...commands.map(({ phase, name, template }) =>
      lines(
        message('info', phrase(style)`${name === undefined ? phase : `${phase} ${name}`}`, style),
        gutter(template, style),
      ).trimEnd(),
    ),
  )
}

/** What hooks would run, as text for stdout. */
export const renderPreview = (previews: readonly HookPreview[], style: Style): string =>
  previews
    .map(({ hook, source, name, script }) =>
      lines(message('info', phrase(style)`${hook} ${named(source, name)} would run`, style), gutter(script, style)),
    )
    .join('')

const shown = ({ type, name, template, needsApproval, expanded }: ShownCommand, style: Style): string => {
  const label = phrase(
    style,
  )`${name === undefined ? type : `${type} ${name}`}${{ painted: needsApproval ? ' (needs approval)' : '' }}`
  return lines(message(needsApproval ? 'prompt' : 'info', label, style), gutter(expanded ?? template, style))
}

/** Configured hooks, the user's first, and what has failed in the background. */
export const renderShow = (
  commands: readonly ShownCommand[],
  failures: readonly PipelineRecord[],
  kind: HookKind | undefined,
  style: Style,
): string => {
  const blocks = (['user', 'project'] as const).flatMap((source) => {
    const own = commands.filter((command) => command.source === source)
    const head = `${style.bold(source === 'user' ? 'User hooks' : 'Project hooks')}\n`
    return own.length === 0 ? [] : [head + own.map((command) => shown(command, style)).join('')]
  })
  const none = message(
    'info',
    kind === undefined ? 'no hooks are configured' : `no ${kind} hooks are configured`,
    style,
  )
  if (blocks.length === 0) blocks.push(lines(none))
  if (failures.length > 0) {
    const failed = failures.map(({ branch, message: what = '', log, started }) => {
      const when = new Date(started).toISOString().replace(/\.\d+Z$/, 'Z')
      return lines(
        message(
          'error',
          phrase(style)`${branch ?? 'detached'}: ${{ painted: sanitize(what) }}, started ${{ painted: when }}`,
          style,
        ),
        log === undefined ? '' : message('hint', `its output: ${log}`, style),
      )
    })
    blocks.push(`${style.bold('Failed in the background')}\n${failed.join('')}`)
  }
  return blocks.join('\n')
}

/** The same as `--json` prints it. */
export const showJson = (commands: readonly ShownCommand[]): readonly unknown[] =>
  commands.map(({ type, source, name, template, needsApproval, expanded }) => ({
    type,
    source,
    name: name ?? null,
    template,
    needs_approval: needsApproval,
    ...(expanded !== undefined && { expanded }),
  }))
