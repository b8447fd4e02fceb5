import type { Commands } from '../cli/command-table.ts'

/** Every command of `wt`. A file is loaded only when its command runs. */
export const commands: Commands = {
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
  merge: async () => (await import('./merge.ts')).default,
  remove: async () => (await import('./remove.ts')).default,
  'step:commit': async () => (await import('./step/commit.ts')).default,
  'step:push': async () => (await import('./step/push.ts')).default,
  'step:rebase': async () => (await import('./step/rebase.ts')).default,
  'step:squash': async () => (await import('./step/squash.ts')).default,
}
