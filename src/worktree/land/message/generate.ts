import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { decodeBytes, encodeBytes } from '../../../core/bytes.ts'
import { WtError } from '../../../core/errors.ts'
import type { AbsolutePath } from '../../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../../../git/environment.ts'
import { supervise } from '../../../git/process.ts'
import { withoutDirectives } from '../../../host/hand-off.ts'

interface GenerateOptions {
  readonly cwd: AbsolutePath
  readonly env: Environment
  /** Told how it ended: its exit code, or 128 and more for a signal. */
  readonly ended: (code: number) => void
}

/** Milliseconds: whoever waits for a message can interrupt it. */
const NO_BOUND = 2 ** 31 - 1

const HINT = 'nothing was committed; mend commit.generation.command, or take it out of the configuration'

/**
 * Has the user's command make a message: the prompt goes to its stdin, its stdout is the message. It is a child in the
 * shell's own group, so that Ctrl-C reaches it. Throws MESSAGE_FAILED.
 */
export const generateMessage = (command: string, prompt: string, options: GenerateOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const { cwd, env, ended } = options
    const child = spawn('sh', ['-c', command], {
      cwd,
      env: withoutDirectives(withoutDiscovery(env)),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    supervise(child, NO_BOUND)
    const [out, err]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (piece: Buffer) => out.push(piece))
    child.stderr.on('data', (piece: Buffer) => err.push(piece))
    // A command that does not want to know the prompt closes the pipe; its exit code tells the story.
    child.stdin.on('error', () => undefined)
    child.stdin.end(encodeBytes(prompt))
    child.on('error', (cause) => reject(new WtError('MESSAGE_FAILED', 'no shell could be started', { cause })))
    child.on('close', (code, signal) => {
      ended(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
      const message = decodeBytes(Buffer.concat(out)).trim()
      const how = code === 0 ? 'gave no message' : signal === null ? `failed (exit code ${code})` : `died by ${signal}`
      if (code === 0 && message !== '') return resolve(message)
      const cause = new Error(Buffer.concat(err).toString().trim())
      return reject(new WtError('MESSAGE_FAILED', `the command for messages ${how}: ${command}`, { hint: HINT, cause }))
    })
  })
