import type { ObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'

/** What `loadAncestry` asks for. */
export interface AncestryQuestion {
  readonly tips: readonly ObjectId[]
  /** Commits to stop at; whatever they reach is known already. */
  readonly known: readonly ObjectId[]
  /** git must not look at its commit-graph, as that was found damaged. */
  readonly withoutGraph: boolean
}

/** Halving finds one broken tip among 250 in so many processes. A repository with more damage than that has other worries. */
const ATTEMPTS = 16

/**
 * Asks git for every commit that the tips reach: lines of `<seconds> <id> <parents…>`, the text of one or more processes.
 * A tip that does not exist is left out. When git breaks off, as a commit that a tip reaches is missing, the tips are
 * asked for in halves, and those that still fail are left out.
 */
export const readAncestry = async (git: GitReader, question: AncestryQuestion): Promise<Buffer> => {
  const { known, withoutGraph } = question
  const stops = known.map((id) => `^${id}\n`).join('')
  // `--ignore-missing` holds only for what is read after it.
  const listing = ['rev-list', '--ignore-missing', '--parents', '--timestamp', '--stdin']
  const args = withoutGraph ? ['-c', 'core.commitGraph=false', ...listing] : listing
  const texts: Buffer[] = []
  let attempts = 0
  const ask = async (tips: readonly ObjectId[]): Promise<void> => {
    if (attempts++ >= ATTEMPTS) return
    const input = `${tips.join('\n')}\n${stops}`
    const { code, stdout } = await git.read(args, { input, answers: [0, 128] })
    if (code === 0) texts.push(stdout)
    else if (tips.length > 1) {
      const middle = tips.length >>> 1
      await ask(tips.slice(0, middle))
      await ask(tips.slice(middle))
    }
  }
  await ask(question.tips)
  return texts.length === 1 ? (texts[0] as Buffer) : Buffer.concat(texts)
}
