import type { Commands } from '../cli/command-table.ts'

/** Every command of `wt`. A file is loaded only when its command runs. */
export const commands: Commands = {
  'config:create': async () => (await import('./config/create.ts')).default,
  'config:get': async () => (await import('./config/get.ts')).default,
  'config:import': async () => (await import('./config/import.ts')).default,
  'config:show': async () => (await import('./config/show.ts')).default,
  'config:state': async () => (await import('./config/state.ts')).default,
  'config:state:cache': async () => (await import('./config/state/cache.ts')).default,
  'config:state:default-branch': async () => (await import('./config/state/default-branch.ts')).default,
  'config:state:hints': async () => (await import('./config/state/hints.ts')).default,
  'config:state:logs': async () => (await import('./config/state/logs.ts')).default,
  'config:state:marker': async () => (await import('./config/state/marker.ts')).default,
  'config:state:previous-branch': async () => (await import('./config/state/previous-branch.ts')).default,
  'config:state:vars': async () => (await import('./config/state/vars.ts')).default,
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
  remove: async () => (await import('./remove.ts')).default,
}
