import type { TestRepo } from './repo.ts'
import { shell } from './shell.ts'

const HOSTILE = {
  'diff.renames': 'false',
  'diff.algorithm': 'patience',
  'diff.external': 'false',
  'diff.noprefix': 'true',
  'diff.mnemonicPrefix': 'true',
  'diff.orderFile': '/nowhere',
  'diff.ignoreSubmodules': 'all',
  'diff.context': '0',
  'diff.wsErrorHighlight': 'all',
  'diff.renameLimit': '1',
  'diff.suppressBlankEmpty': 'true',
  'status.short': 'true',
  'status.branch': 'true',
  'status.renames': 'false',
  'status.relativePaths': 'false',
  'status.showStash': 'true',
  'status.showUntrackedFiles': 'no',
  'status.submoduleSummary': 'true',
  'status.aheadBehind': 'false',
  'color.ui': 'always',
  'color.status': 'always',
  'color.diff': 'always',
  'color.branch': 'always',
  'core.quotePath': 'true',
  'core.pager': 'false',
  'core.commentChar': ';',
  'column.ui': 'always',
  'log.showSignature': 'true',
  'log.date': 'human',
  'log.decorate': 'full',
  'log.mailmap': 'true',
  'format.pretty': 'oneline',
  'merge.renames': 'false',
  'merge.conflictStyle': 'diff3',
  'pager.status': 'true',
  'commit.gpgSign': 'true',
  'core.abbrev': '9',
} as const

/** Gives the user settings that must not change an answer, but for the length of short ids. */
export const configureHostile = (repo: TestRepo): void => {
  const lines = Object.entries(HOSTILE).map(([key, value]) => `git config --global '${key}' '${value}'`)
  shell(repo, lines.join('\n'))
}
