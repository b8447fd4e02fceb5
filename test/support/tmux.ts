import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** A terminal with a program in it. */
export interface Terminal {
  /** Types text, and nothing more. */
  type(text: string): void
  /** Presses a key that tmux knows by name, such as `Enter`, `Tab` or `C-c`. */
  press(key: string): void
  /** Types a line and presses Enter. */
  enter(line: string): void
  /** Waits until the screen shows it, and returns the screen. Throws after ten seconds. */
  shows(what: RegExp | string): Promise<string>
  screen(): string
  end(): void
}

/** Starts a program in a terminal of its own (tmux), 150 cells wide. `base` is a directory of the test's own. */
export const openTerminal = (
  command: readonly string[],
  { cwd, env, base }: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly base: string },
): Terminal => {
  const tmux = (...words: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-S', join(base, 'tmux'), '-f', '/dev/null', ...words], {
      cwd,
      env: { ...env, TERM: 'xterm-256color' },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`tmux ${words.join(' ')}: ${stderr}`)
    return stdout
  }
  tmux('-u', 'new-session', '-d', '-s', 'test', '-x', '150', '-y', '50', ...command)
  const screen = (): string => tmux('capture-pane', '-p', '-J', '-t', 'test').replace(/[ \n]+$/, '')
  const type = (text: string): void => void tmux('send-keys', '-t', 'test', '-l', text)
  const press = (key: string): void => void tmux('send-keys', '-t', 'test', key)
  return {
    type,
    press,
    enter: (line) => {
      type(line)
      press('Enter')
    },
    shows: async (what) => {
      for (let waited = 0; waited < 10_000; waited += 50) {
        const text = screen()
        if (typeof what === 'string' ? text.includes(what) : what.test(text)) return text
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`the screen never showed ${what}:\n${screen()}`)
    },
    screen,
    end: () => tmux('kill-server'),
  }
}
