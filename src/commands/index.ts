import type { Commands } from '../cli/command-table.ts'

/** Every command of `wt`. A file is loaded only when its command runs. */
export const commands: Commands = {
  'config:shell:prompt': async () => (await import('./config/shell/prompt.ts')).default,
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
  remove: async () => (await import('./remove.ts')).default,
}
