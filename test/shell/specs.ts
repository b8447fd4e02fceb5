import type { CommandSpec, FlagSpec, Offer } from '../../src/core/command-spec.ts'

const GLOBAL: readonly FlagSpec[] = [
  { names: ['--directory', '-C'], summary: "Work there, as in 'cd'", value: 'directory' },
  { names: ['--config'], summary: 'Read this file', value: 'file' },
  { names: ['--yes', '-y'], summary: 'Agree' },
  { names: ['--help', '-h'], summary: 'Show help' },
]

interface Part {
  readonly positions?: readonly Offer[]
  readonly repeats?: boolean
  readonly flags?: readonly FlagSpec[]
  readonly children?: readonly string[]
}

const spec = (path: string, { positions = [], repeats = false, flags = [], children = [] }: Part): CommandSpec => ({
  path: path.split(' ').filter(Boolean),
  summary: `About ${path}`,
  flags: [...flags, ...GLOBAL],
  positions,
  repeats,
  children: children.map((name) => ({ name, summary: `It's ${name}` })),
})

/** A program that has every kind of argument. */
export const specs: readonly CommandSpec[] = [
  spec('', { children: ['hook', 'list', 'remove', 'step', 'switch'] }),
  spec('list', {
    children: ['statusline'],
    flags: [
      { names: ['--format'], summary: 'What to print', value: ['table', 'json'] },
      { names: ['--progressive', '--no-progressive'], summary: 'Fill it' },
    ],
  }),
  spec('list statusline', {}),
  spec('remove', { positions: ['local-branch'], repeats: true, flags: [{ names: ['--force', '-f'], summary: '' }] }),
  spec('step', { children: ['diff', 'enter'] }),
  spec('hook', { children: ['show'], positions: [['before', 'after'], 'none'], repeats: true }),
  spec('hook show', { positions: [['before', 'after']] }),
  spec('step diff', { positions: ['worktree', ['a', 'b'], 'file'] }),
  spec('step enter', { positions: ['none', 'directory', 'command'] }),
  spec('switch', {
    positions: ['branch'],
    flags: [
      { names: ['--create', '-c'], summary: 'Make it' },
      { names: ['--base', '-b'], summary: 'Where it starts', value: 'revision' },
      { names: ['--path'], summary: 'Where', value: 'directory' },
      { names: ['--execute', '-x'], summary: 'Then run', value: 'command' },
    ],
  }),
]
