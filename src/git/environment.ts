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

/** Variables that change what git prints, asks or takes paths for. Answers are parsed, so none of these may pass. */
const DISPLAY = new Set([
  'GIT_ATTR_SOURCE',
  'GIT_DIFF_OPTS',
  'GIT_EXTERNAL_DIFF',
  'GIT_GLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_PAGER',
  'GIT_TRACE2_EVENT',
  'LANGUAGE',
  'LC_ALL',
])

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
 * network (`GIT_NO_LAZY_FETCH` from git 2.44 on; an empty protocol list stops the transport of older ones), no hook and no
 * fsmonitor program.
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
    // Looking at a repository must not be what runs its programs.
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: '/dev/null',
    GIT_CONFIG_KEY_1: 'core.fsmonitor',
    GIT_CONFIG_VALUE_1: 'false',
    // Half of a copied index would be written beside the index that it was copied from.
    GIT_CONFIG_KEY_2: 'core.splitIndex',
    GIT_CONFIG_VALUE_2: 'false',
  })
}
