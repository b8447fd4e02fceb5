import type { WtError } from '../../core/errors.ts'
import { integratedName, integrationLine, isOurs, linesOf, managedLines } from './lines.ts'
import { unusableFile } from './problems.ts'
import type { InstallPlan, Note, Step } from './result.ts'
import type { Found, Site } from './site.ts'

interface Part {
  readonly steps?: readonly Step[]
  readonly settled?: Note
  readonly skipped?: Note
  readonly problem?: WtError
}

const unusable = ({ path }: Found, reason: string): Part => ({ problem: unusableFile(path, reason) })

const nameOn = (line: string, shell: Parameters<typeof integratedName>[1]): string | undefined =>
  integratedName(line.replace(/\r?\n$/, ''), shell)

const installLine = ({ shell, file }: Extract<Site, { kind: 'line' }>, name: string): Part => {
  const { path, state } = file
  if (state.kind === 'unusable') return unusable(file, state.reason)
  const has = state.kind === 'file' && linesOf(state.text).some((line) => nameOn(line, shell) === name)
  if (has) return { settled: { shell, path } }
  const line = integrationLine(shell, name)
  return { steps: [{ kind: 'append', shell, path, name, line, creates: state.kind === 'missing' }] }
}

const installFiles = ({ shell, files, superseded }: Extract<Site, { kind: 'files' }>): Part => {
  const steps: Step[] = []
  for (const file of files) {
    const { path, state, text } = file
    if (state.kind === 'unusable') return unusable(file, state.reason)
    const before = state.kind === 'file' ? state.text : undefined
    if (before !== undefined && !isOurs(before)) return unusable(file, 'wt did not write it')
    if (before !== text) steps.push({ kind: 'write', shell, path, before, text })
  }
  for (const { path, state } of superseded) {
    if (state.kind === 'file') steps.push({ kind: 'delete', shell, path, before: state.text })
  }
  return steps.length > 0 ? { steps } : { settled: { shell, path: files[0]?.path ?? '' } }
}

const uninstallSite = (site: Site): Part => {
  if (site.kind === 'files') {
    const steps = site.ours.flatMap(({ path, state }): readonly Step[] =>
      state.kind === 'file' ? [{ kind: 'delete', shell: site.shell, path, before: state.text }] : [],
    )
    return steps.length > 0 ? { steps } : { settled: { shell: site.shell, path: site.waitsFor } }
  }
  const { shell, file } = site
  if (file.state.kind === 'unusable') return unusable(file, file.state.reason)
  const before = file.state.kind === 'file' ? file.state.text : ''
  const lines = managedLines(before, shell)
  if (lines.length === 0) return { settled: { shell, path: file.path } }
  return { steps: [{ kind: 'cut', shell, path: file.path, before, lines }] }
}

const gathered = (parts: readonly Part[]): InstallPlan => ({
  steps: parts.flatMap(({ steps }) => steps ?? []),
  settled: parts.flatMap(({ settled }) => settled ?? []),
  skipped: parts.flatMap(({ skipped }) => skipped ?? []),
  problems: parts.flatMap(({ problem }) => problem ?? []),
})

const placeOf = (site: Site): string => (site.kind === 'line' ? site.file.path : site.waitsFor)

/** What installing means here. With `named` a file that is missing is made; otherwise its shell is skipped. */
export const planInstall = (sites: readonly Site[], name: string, named: boolean): InstallPlan =>
  gathered(
    sites.map((site) => {
      if (!named && !site.picked) return { skipped: { shell: site.shell, path: placeOf(site) } }
      return site.kind === 'line' ? installLine(site, name) : installFiles(site)
    }),
  )

/** What uninstalling means here: everything of ours, under whatever name it was installed. */
export const planUninstall = (sites: readonly Site[]): InstallPlan => gathered(sites.map(uninstallSite))
