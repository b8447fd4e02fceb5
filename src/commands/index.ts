import type { Commands } from '../cli/command-table.ts'

/** Every command of `wt`. A file is loaded only when its command runs. */
export const commands: Commands = {
  'config:shell:completions': async () => (await import('./config/shell/completions.ts')).default,
  'config:shell:init': async () => (await import('./config/shell/init.ts')).default,
  'config:shell:install': async () => (await import('./config/shell/install.ts')).default,
  'config:shell:show': async () => (await import('./config/shell/show.ts')).default,
  'config:shell:show-theme': async () => (await import('./config/shell/show-theme.ts')).default,
  'config:shell:uninstall': async () => (await import('./config/shell/uninstall.ts')).default,
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
  remove: async () => (await import('./remove.ts')).default,
}
