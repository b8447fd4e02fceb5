/** What a key may hold. */
export type Shape =
  | {
      readonly kind:
        | 'text'
        | 'filled-text'
        | 'flag'
        | 'count'
        | 'integer'
        | 'positive'
        | 'schema-version'
        | 'size'
        | 'anything'
    }
  /** `accumulates`: a project's list is added to the global one and does not replace it. */
  | { readonly kind: 'texts'; readonly accumulates: boolean }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** The command forms of hooks and aliases; they accumulate. */
  | { readonly kind: 'command' }
  /** `required`: a table without it can't be used. */
  | { readonly kind: 'table'; readonly keys: ReadonlyMap<string, Shape>; readonly required?: string }
  /** A table whose keys are names of the user's own. `atomic`: an entry is overridden as a whole. */
  | { readonly kind: 'named'; readonly value: Shape; readonly atomic: boolean }

export type TableShape = Shape & { readonly kind: 'table' }

const table = (keys: Readonly<Record<string, Shape>>): TableShape => ({
  kind: 'table',
  keys: new Map(Object.entries(keys)),
})

const TEXT: Shape = { kind: 'text' }
const FLAG: Shape = { kind: 'flag' }
const COMMAND: Shape = { kind: 'command' }
const EVENTS = ['switch', 'create', 'start', 'commit', 'merge', 'remove'].flatMap((event) => [
  `pre-${event}`,
  `post-${event}`,
])

/** `pre-create` and `post-create` are the same as `pre-start` and `post-start`. */
const commands: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(EVENTS.map((hook) => [hook, COMMAND])),
  aliases: { kind: 'named', value: COMMAND, atomic: false },
}

const step = table({ 'copy-ignored': table({ exclude: { kind: 'texts', accumulates: true } }) })

const forge = table({
  platform: { kind: 'word', words: ['github', 'gitlab', 'gitea', 'azure-devops'] },
  hostname: TEXT,
})

const column: Shape = {
  ...table({ template: TEXT, width: { kind: 'positive' }, priority: { kind: 'integer' } }),
  required: 'template',
}

const own: Readonly<Record<string, Shape>> = {
  ...commands,
  'worktree-path': { kind: 'filled-text' },
  list: table({
    full: FLAG,
    branches: FLAG,
    remotes: FLAG,
    summary: FLAG,
    'json-schema': { kind: 'schema-version' },
    'timeout-ms': { kind: 'count' },
    columns: { kind: 'texts', accumulates: false },
    'custom-columns': { kind: 'named', value: column, atomic: true },
  }),
  commit: table({
    stage: { kind: 'word', words: ['all', 'tracked', 'none'] },
    generation: table({ command: TEXT, template: TEXT, 'squash-template': TEXT, 'template-append': TEXT }),
  }),
  merge: table({ squash: FLAG, commit: FLAG, rebase: FLAG, remove: FLAG, verify: FLAG, ff: FLAG }),
  remove: table({ 'delete-branch': FLAG, keep: { kind: 'size' } }),
  switch: table({ cd: FLAG, picker: table({ pager: TEXT, preview: FLAG }) }),
  step,
}

/** The user's part of one project: everything that can be set for all of them, and what only a project has. */
export const PROJECT_ENTRY: TableShape = table({ ...own, forge, 'approved-commands': { kind: 'anything' } })

/** User and system files, the environment, `--config-set`. */
export const USER_SCHEMA: TableShape = table({
  ...own,
  'skip-shell-integration-prompt': FLAG,
  'skip-commit-generation-prompt': FLAG,
  projects: { kind: 'named', value: PROJECT_ENTRY, atomic: false },
})

/** The file that a repository carries. */
export const PROJECT_SCHEMA: TableShape = table({
  ...commands,
  list: table({ url: TEXT }),
  forge,
  commit: table({ generation: table({ 'template-append': TEXT }) }),
  step,
})

/** Where keys of older configuration files went. They are not accepted; the warning names the new place. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['commit-generation', 'commit.generation'],
  ['select', 'switch.picker'],
  ['ci', 'forge'],
  ['merge.no-ff', 'merge.ff'],
  ['switch.no-cd', 'switch.cd'],
  ['list.task-timeout-ms', 'list.timeout-ms'],
])

/** The shape of a key, or undefined for a key that the schema does not know. */
export const shapeAt = (schema: Shape, path: readonly string[]): Shape | undefined => {
  let shape: Shape | undefined = schema
  for (const key of path) {
    if (shape?.kind === 'table') shape = shape.keys.get(key)
    else if (shape?.kind === 'named') shape = shape.value
    else if (shape?.kind !== 'command' && shape?.kind !== 'anything') return undefined
  }
  return shape
}
