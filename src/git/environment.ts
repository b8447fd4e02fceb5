/** The variables that tie a process to one repository: all of `git rev-parse --local-env-vars`, and the namespace. */
const DISCOVERY = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
])

/** Variables that change what git prints or asks. Answers are parsed, so none of these may pass. */
const DISPLAY = new Set(['GIT_EXTERNAL_DIFF', 'GIT_DIFF_OPTS', 'GIT_PAGER', 'GIT_TRACE2_EVENT', 'LC_ALL', 'LANGUAGE'])

export type Environment = Readonly<Record<string, string | undefined>>

/** The caller's environment without what would tie git to another repository. For everything that is run in a worktree. */
export const withoutDiscovery = (env: Environment): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !DISCOVERY.has(name) && !/^GIT_CONFIG_(KEY|VALUE)_/.test(name)) out[name] = value
  }
  return out
}

/**
 * The environment of a git that only reads: no lock it could leave behind, no prompt, no object fetched over the
 * network (`GIT_NO_LAZY_FETCH` from git 2.44 on; an empty protocol list stops the transport of older ones).
 */
export const readingEnvironment = (env: Environment): Record<string, string> => {
  const out = withoutDiscovery(env)
  for (const name of DISPLAY) delete out[name]
  return Object.assign(out, {
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    LC_MESSAGES: 'C',
  })
}
