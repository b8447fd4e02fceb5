import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from '../git/environment.ts'
import type { HookEvent, ProjectCommand } from '../hooks/result.ts'
import { approvalsPath } from '../host/approvals.ts'
import { renderApproval, renderHookEvent } from '../render/hooks.ts'
import type { Context } from './context.ts'

interface Place {
  readonly env: Environment
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
  readonly configPath: string | undefined
}

/** What commands that run hooks hand to them, apart from the repository: the same for all, so that nobody asks another way. */
export interface HookVoice {
  readonly shellCwd: string | undefined
  readonly words: readonly string[]
  readonly say: (event: HookEvent) => void
  readonly approval: {
    readonly yes: boolean
    readonly path: string | undefined
    readonly ask: ((commands: readonly ProjectCommand[]) => Promise<boolean>) | undefined
  }
}

/** What is told only to those who ask for more. */
const DETAILS: ReadonlySet<HookEvent['kind']> = new Set(['given', 'expanded'])

/** `confirm` is the command's own; `review` asks for approval without a reason to run anything. */
export const hookVoice = (
  { err, startedIn, verbose = false }: Context,
  { env, cwd, home, configPath }: Place,
  how: {
    readonly yes: boolean
    readonly words: readonly string[]
    readonly confirm: ((text: string) => Promise<boolean>) | undefined
    readonly review?: boolean
  },
): HookVoice => {
  const { confirm, review = false } = how
  return {
    shellCwd: startedIn,
    words: how.words,
    say: (event) => {
      if (verbose || !DETAILS.has(event.kind)) err.write(renderHookEvent(event, err.style))
    },
    approval: {
      yes: how.yes,
      path: approvalsPath({ env, cwd, homeDir: home, configPath }),
      ask:
        confirm &&
        (async (commands) => {
          err.write(renderApproval(commands, err.style, review))
          return confirm(review ? 'approve?' : 'approve and run?')
        }),
    },
  }
}
