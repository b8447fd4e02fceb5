import type { BranchName } from '../core/ids.ts'
import { type PathPlace, type PlacedPath, pathVariables, placeText } from '../core/worktree-path.ts'
import { compileTemplate } from './expand.ts'

/**
 * Reads the `worktree-path` template once and answers where it puts each branch. A template that needs no engine does
 * not load it.
 */
export const worktreePaths = async (source: string, place: PathPlace): Promise<(branch: BranchName) => PlacedPath> => {
  const template = await compileTemplate(source)
  return (branch) => {
    const expansion = template.expand(pathVariables(place, branch))
    if (expansion.kind === 'text') return placeText(expansion.text, place)
    return { kind: 'invalid', message: `worktree-path: ${expansion.message}` }
  }
}
