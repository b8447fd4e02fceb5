import { isAbsolute, join, relative } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from '../git/environment.ts'
import { canonical, kindOf } from '../git/paths.ts'

/** Where the user's shell stands: really, and as the shell spells it. */
export interface ShellPlace {
  readonly real: AbsolutePath
  readonly spelled: AbsolutePath
}

const absoluteIn = (env: Environment, name: string): AbsolutePath | undefined => {
  const value = env[name]
  return value !== undefined && isAbsolute(value) ? (value as AbsolutePath) : undefined
}

/**
 * Where the shell stands that `wt` was called from; undefined when that directory is gone. `here` is where this process
 * was started.
 */
export const shellPlace = (env: Environment, here: AbsolutePath | undefined): ShellPlace | undefined => {
  const told = absoluteIn(env, 'WT_SHELL_CWD')
  if (told === undefined && here === undefined) return undefined
  const real = canonical(told ?? (here as AbsolutePath))
  // Alias bodies run elsewhere than the shell stands: then PWD is about them.
  const spelled = told ?? absoluteIn(env, 'PWD') ?? real
  return { real, spelled: canonical(spelled) === real ? spelled : real }
}

/** Whether a path is the directory or lies in it. Both must be canonical. */
const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`)

/** Takes the parts off that two paths end in alike. */
const differingHeads = ({ real, spelled }: ShellPlace): readonly [real: string, spelled: string] => {
  let [one, other] = [real as string, spelled as string]
  for (;;) {
    const [cut, otherCut] = [one.lastIndexOf('/'), other.lastIndexOf('/')]
    if (cut < 0 || one === '' || other === '' || one.slice(cut) !== other.slice(otherCut)) return [one, other]
    one = one.slice(0, cut)
    other = other.slice(0, otherCut)
  }
}

/** A path as the shell would spell it, which may have come through links; by its own name where that leads elsewhere. */
const asSpelled = (path: AbsolutePath, shell: ShellPlace): AbsolutePath => {
  if (shell.real === shell.spelled) return path
  const [real, spelled] = differingHeads(shell)
  if (!isWithin(path, real === '' ? '/' : real)) return path
  const renamed = `${spelled}${path.slice(real.length)}` as AbsolutePath
  return canonical(renamed) === canonical(path) ? renamed : path
}

/**
 * Where the shell should go for a worktree: to the same directory below its root as it now stands in below `from`, where
 * there is one; spelled as the user came, links included.
 */
export const landingIn = (
  to: AbsolutePath,
  from: AbsolutePath | undefined,
  shell: ShellPlace | undefined,
): AbsolutePath => {
  if (shell === undefined) return to
  const root = from === undefined ? undefined : canonical(from)
  const below = root !== undefined && isWithin(shell.real, root) ? relative(root, shell.real) : ''
  const same = join(to, below) as AbsolutePath
  return asSpelled(below !== '' && kindOf(same) === 'directory' ? same : to, shell)
}
