import type { Commands } from '../cli/command-table.ts'

/** Every command of `wt`. A file is loaded only when its command runs. */
export const commands: Commands = {
  'config:approvals:add': async () => (await import('./config/approvals/add.ts')).default,
  'config:approvals:clear': async () => (await import('./config/approvals/clear.ts')).default,
  'config:approvals:list': async () => (await import('./config/approvals/list.ts')).default,
  hook: async () => (await import('./hook.ts')).default,
  'hook:run-pipeline': async () => (await import('./hook/run-pipeline.ts')).default,
  'hook:show': async () => (await import('./hook/show.ts')).default,
  list: async () => (await import('./list.ts')).default,
  'list:statusline': async () => (await import('./list/statusline.ts')).default,
  remove: async () => (await import('./remove.ts')).default,
}
