// Who may import whom. The table is explained in docs/architecture.md.
const room = (name) => `^src/${name}/`
const rule = (name, from, to, extra = {}) => ({ name, severity: 'error', from, to, ...extra })

module.exports = {
  forbidden: [
    rule('core-is-pure', { path: room('core') }, { pathNot: room('core') }),
    rule('git-knows-core-only', { path: room('git') }, { path: '^src/', pathNot: ['^src/git/', '^src/core/'] }),
    rule(
      'template-knows-core-only',
      { path: room('template') },
      { path: '^src/', pathNot: ['^src/template/', '^src/core/'] },
    ),
    rule('only-template-loads-the-parser', { pathNot: room('template') }, { path: 'node_modules/@huggingface' }),
    rule('host-knows-core-only', { path: room('host') }, { path: '^src/', pathNot: ['^src/host/', '^src/core/'] }),
    rule(
      'plans-are-pure',
      { path: '/plan\\.ts$' },
      { path: ['^src/(git|host|cli|render|commands)/', '^node:', '^(fs|child_process|os|path)$'] },
    ),
    rule(
      'hooks-know-what-is-below',
      { path: room('hooks') },
      { path: '^src/', pathNot: ['^src/hooks/', '^src/(core|git|host|template)/'] },
    ),
    rule(
      'capabilities-do-not-print',
      { path: room('(worktree|shell|settings|hooks)') },
      { path: '^src/(render|cli|commands)/' },
    ),
    rule('shell-is-no-worktree', { path: room('shell') }, { path: room('(worktree|settings)') }),
    rule('worktree-knows-no-other', { path: room('worktree') }, { path: room('(shell|settings)') }),
    rule(
      'render-sees-results-only',
      { path: room('render') },
      { path: '^src/', pathNot: ['^src/render/', '^src/core/', '/result\\.ts$'] },
    ),
    rule('render-is-pure', { path: room('render') }, { dependencyTypes: ['core'] }),
    rule(
      'cli-knows-no-capability',
      { path: room('cli') },
      { path: '^src/(worktree|hooks|shell|settings|commands)/', pathNot: '/result\\.ts$' },
    ),
    rule('only-git-runs-simple-git', { pathNot: room('git') }, { path: 'node_modules/simple-git' }),
    rule('only-render-colours', { pathNot: room('render') }, { path: 'node_modules/(chalk|cli-table3)' }),
    rule('no-cycles', {}, { circular: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
