import { put } from '../init.ts'
import completionsFish from '../scripts/completions.fish'
import functionFish from '../scripts/function.fish'

/** fish's function file: a stub that takes the code from the program when it is used for the first time. */
export const fishFunctionFile = (name: string): string => put(functionFish, '__NAME__', name)

/** fish's completion file, a stub too, so that it never is older than the program. */
export const fishCompletionFile = (name: string): string => put(completionsFish, '__NAME__', name)
