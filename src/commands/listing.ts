import type { Commands } from '../cli/command-table.ts'

/** The commands that have a bundle of their own (docs/decisions/0003-start-up.md). */
export const listing: Commands = {
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
}
