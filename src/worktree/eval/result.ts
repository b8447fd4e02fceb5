import type { WorktreeVariables } from '../template-variables.ts'

export interface EvalResult {
  readonly template: string
  readonly text: string
  /** What the template could have said. */
  readonly variables: WorktreeVariables
}
