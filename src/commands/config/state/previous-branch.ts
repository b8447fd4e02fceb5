import { KeptBranchCommand } from '../../../cli/kept-branch-command.ts'
import { clearPrevious, getPrevious, setPrevious } from '../../../settings/state/remembered.ts'

export default class PreviousBranch extends KeptBranchCommand {
  static override summary = 'The branch that - stands for: show it, set it, forget it'
  static override examples = ['wt config state previous-branch', 'wt config state previous-branch set feature']
  protected kept = { key: 'previous_branch', get: getPrevious, set: setPrevious, clear: clearPrevious }
}
