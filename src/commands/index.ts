import type { Commands } from '../cli/command-table.ts'

/** Every command of `wt`. A file is loaded only when its command runs. */
export const commands: Commands = {
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
  remove: async () => (await import('./remove.ts')).default,
  'step:copy-ignored': async () => (await import('./step/copy-ignored.ts')).default,
  'step:diff': async () => (await import('./step/diff.ts')).default,
  'step:eval': async () => (await import('./step/eval.ts')).default,
  'step:for-each': async () => (await import('./step/for-each.ts')).default,
  'step:promote': async () => (await import('./step/promote.ts')).default,
  'step:relocate': async () => (await import('./step/relocate.ts')).default,
  'step:tether': async () => (await import('./step/tether.ts')).default,
}
