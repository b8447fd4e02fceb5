import type { StageMode } from '../../core/config.ts'
import { WtError } from '../../core/errors.ts'
import type { ObjectId } from '../../core/ids.ts'
import { carryOut, type Landing, lookOnce, refused, type Stage } from './landing.ts'
import { type MessageRequest, makeMessage } from './message/make.ts'
import { refuse } from './plan.ts'
import type { CommitOutcome } from './result.ts'
import { stageWork } from './stage.ts'

const EMPTY_TREES: Readonly<Record<string, string>> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

/** What a first commit is compared with. */
const emptyTree = ({ look }: Landing): ObjectId =>
  EMPTY_TREES[look.repository.settings.get('extensions.objectformat') ?? 'sha1'] as ObjectId

/** What a message for the staged work is asked with. */
export const commitRequest = (landing: Landing, staged: readonly string[]): MessageRequest => ({
  base: landing.source.head ?? emptyTree(landing),
  staged,
  squash: undefined,
})

/** HEAD has to be where the message was made for; git compares once more as it commits. */
const assertSame = (before: Landing, now: Landing): void => {
  const [was, is] = [before.source, now.source]
  if (was.head === is.head && was.branch === is.branch) return
  throw new WtError('REF_MOVED', `HEAD moved meanwhile in ${is.path}`, {
    hint: 'nothing was committed; run the command again',
  })
}

/** Commits what is staged, under a message of its own. Hooks that run after commits do so unless told otherwise. */
export const commitStaged = async (
  landing: Landing,
  staged: readonly string[],
  { quiet = false } = {},
): Promise<{ readonly kind: 'done'; readonly outcome: CommitOutcome; readonly landing: Landing }> => {
  const message = await makeMessage(landing, commitRequest(landing, staged))
  const now = landing.look.config.commit.generation.command === undefined ? landing : await lookOnce(landing)
  assertSame(landing, now)
  const next = await carryOut(now, [{ kind: 'commit', worktree: now.source.path, message }])
  const commit = next.source.head
  if (commit === undefined) throw new WtError('GIT_FAILED', 'git has committed, and there is no commit')
  next.ports.say({ kind: 'committed', commit, message })
  if (!quiet) next.ports.hooks.after('post-commit', next)
  return { kind: 'done', outcome: { commit, message }, landing: next }
}

/** Stages and commits. Refuses with NOTHING_TO_COMMIT when nothing is staged then. */
export const commitWork = async (landing: Landing, mode: StageMode): Promise<Stage<CommitOutcome>> => {
  const ready = await stageWork(landing, { mode, gates: 'none', hooksWithout: true })
  if (ready.kind === 'refused') return ready
  if (ready.state.staged.length > 0) return await commitStaged(ready.landing, ready.state.staged)
  const hint = mode === 'all' ? 'change something first' : 'stage something first: git add, or --stage all'
  return refused(refuse('NOTHING_TO_COMMIT', 'there is nothing to commit', hint))
}
