import { expect, test } from 'vitest'
import { tableFromEnvironment } from '../../src/core/config-env.ts'

test.each<[Readonly<Record<string, string | undefined>>, object]>([
  [{ WT_LIST__FULL: 'true' }, { list: { full: true } }],
  [{ WT_LIST__FULL: 'FALSE' }, { list: { full: false } }],
  [{ WT_LIST__TIMEOUT_MS: '250' }, { list: { 'timeout-ms': 250 } }],
  [{ WT_LIST__FULL: 'true', WT_LIST__BRANCHES: 'true' }, { list: { full: true, branches: true } }],
  // typed only where the key wants it
  [{ WT_WORKTREE_PATH: '123' }, { 'worktree-path': '123' }],
  [{ WT_COMMIT__GENERATION__COMMAND: 'true' }, { commit: { generation: { command: 'true' } } }],
  [{ WT_PRE_START: 'false' }, { 'pre-start': 'false' }],
  [{ WT_SKIP_SHELL_INTEGRATION_PROMPT: 'true' }, { 'skip-shell-integration-prompt': true }],
  [{ WT_LIST__JSON_SCHEMA: '2' }, { list: { 'json-schema': 2 } }],
  [{ WT_ALIASES__A: 'a', WT_ALIASES__CONSTRUCTOR: 'b' }, { aliases: { a: 'a', constructor: 'b' } }],
  // no settings
  [{ WT_CONFIG_PATH: 'x', WT_SYSTEM_CONFIG_PATH: 'x', WT_PROJECT_CONFIG_PATH: '', WT_APPROVALS_PATH: 'x' }, {}],
  [{ WT_BIN: 'x', WT_VERBOSE: '1', WT_SHELL_CWD: '/', WT_TEST_LIST__FULL: '1', WT_FIRST_OUTPUT: '1' }, {}],
  [{ LIST__FULL: 'true', XWT_LIST__FULL: 'true', WT_: '1', WT___FULL: '1', WT_LIST__: '1' }, {}],
  [{ WT_LIST__FULL: undefined }, {}],
])('%j', (env, table) => {
  expect(tableFromEnvironment(env)).toEqual({ table, warnings: [] })
})

test.each<[Readonly<Record<string, string>>, object, string]>([
  [
    { WT_LIST__FULL: 'no', WT_WORKTREE_PATH: 'x' },
    { 'worktree-path': 'x' },
    'WT_LIST__FULL is ignored: list.full must be true or false, not "no"',
  ],
  [
    { WT_LIST__TIMEOUT_MS: '1.5' },
    {},
    'WT_LIST__TIMEOUT_MS is ignored: list.timeout-ms must be a whole number, 0 or more, not "1.5"',
  ],
  [
    { WT_LIST__COLUMNS: 'branch,age' },
    {},
    'WT_LIST__COLUMNS is ignored: list.columns must be a list of texts, not "branch,age"',
  ],
  [{ WT_WORKTREE_PATH: '' }, {}, 'WT_WORKTREE_PATH is ignored: worktree-path must be text that is not empty, not ""'],
  [{ WT_LIST: 'full' }, {}, 'WT_LIST is ignored: list must be a table, not "full"'],
  [{ WT_LIST__FUL: 'true' }, {}, 'WT_LIST__FUL is ignored: there is no key list.ful'],
  [
    { WT_PRE_START: 'a', WT_PRE_START__B: 'b' },
    { 'pre-start': 'a' },
    'WT_PRE_START__B is ignored: another variable sets the same key',
  ],
  [
    { WT_MERGE__FF: 'false', WT_merge__ff: 'true' },
    { merge: { ff: false } },
    'WT_merge__ff is ignored: another variable sets the same key',
  ],
])('%j', (env, table, warning) => {
  expect(tableFromEnvironment(env)).toEqual({ table, warnings: [warning] })
})
