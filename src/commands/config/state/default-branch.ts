import { KeptBranchCommand } from '../../../cli/kept-branch-command.ts'
import { clearDefaultBranch, getDefaultBranch, setDefaultBranch } from '../../../settings/state/remembered.ts'

export default class DefaultBranch extends KeptBranchCommand {
  static override summary = 'The branch that others are measured against: find it, set it, forget it'
  static override examples = ['wt config state default-branch', 'wt config state default-branch set trunk']
  protected kept = { key: 'default_branch', get: getDefaultBranch, set: setDefaultBranch, clear: clearDefaultBranch }
}
