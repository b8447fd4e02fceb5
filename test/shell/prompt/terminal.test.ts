import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { ready } from '../../support/graceful.ts'
import type { TestRepo } from '../../support/repo.ts'
import { shell as sh } from '../../support/shell.ts'
import { BARE, codeFile, DRAWING, type DrawingShell, expected, isInstalled, until, wtOnPath } from './session.ts'

/** What a user writes into the file that their shell reads first. */
const RC: Readonly<Record<DrawingShell, (code: string) => string>> = {
  bash: (code) => `. '${code}'\nPS1='<\${WT_PROMPT}> '\n`,
  zsh: (code) => `. '${code}'\nsetopt prompt_subst\nPROMPT='<\${WT_PROMPT}> '\n`,
  fish: (code) =>
    `source '${code}'\nset fish_greeting\nfunction fish_prompt; echo -n '<'; wt_prompt; echo -n '> '; end\n`,
}

const servers: string[] = []
afterAll(() => {
  for (const socket of servers) spawnSync('tmux', ['-S', socket, 'kill-server'])
})

interface Terminal {
  /** Types a line and enters it. */
  readonly type: (line: string) => void
  /** What is on the screen, without blank lines. */
  readonly screen: () => Promise<string>
}

/** A real shell with a user's prompt in a terminal of 80 columns. */
const openTerminal = (shell: DrawingShell, cwd: string, env: Readonly<Record<string, string>>): Terminal => {
  const directory = mkdtempSync(join(inject('tempRoot'), 'tmux-'))
  const socket = join(directory, 's')
  const rc = join(directory, shell === 'zsh' ? '.zshrc' : 'rc')
  writeFileSync(rc, RC[shell](codeFile(shell)))
  const start = {
    bash: ['bash', '--noprofile', '--rcfile', rc],
    zsh: ['zsh', '--no-globalrcs'],
    fish: ['fish', ...BARE.fish, '--init-command', `source ${rc}`],
  }[shell]
  servers.push(socket)
  const tmux = (...args: readonly string[]): string =>
    spawnSync('tmux', ['-S', socket, ...args], {
      cwd,
      env: { ...env, ZDOTDIR: directory, TERM: 'xterm-256color', WT_PROMPT_AGE: '100000' },
    }).stdout.toString()
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', '80', '-y', '24', ...start)
  return {
    type: (line) => void tmux('send-keys', '-l', `${line}\r`),
    screen: async () => tmux('capture-pane', '-p').replace(/\n+$/, '\n'),
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

const onPath = wtOnPath()

const arrange = (): { readonly repo: TestRepo; readonly env: Readonly<Record<string, string>> } => {
  const repo = ready('ahead')
  return { repo, env: onPath.env(repo.env) }
}

const canTest = (shell: DrawingShell): boolean => isInstalled(shell) && isInstalled('tmux')

describe.each(DRAWING)('%s in a terminal', (shell) => {
  test.skipIf(!canTest(shell))('shows the segment, follows what is done, and says nothing of its own', async () => {
    const { repo, env } = arrange()
    const terminal = openTerminal(shell, repo.dir, env)
    const shows = async (before: RegExp): Promise<void> => {
      let line = ''
      // zsh redraws by itself; the others show it at the next prompt.
      const seen = await until(
        async () => {
          const text = await terminal.screen()
          if (shell !== 'zsh' && lastLine(text).endsWith('…>')) terminal.type('')
          line = `<${await expected('bash', onPath.built, repo.dir, repo.env)}>`
          return text
        },
        (text) => before.test(lastLine(text)) && lastLine(text) === line,
      )
      expect(lastLine(seen)).toBe(line)
    }
    await shows(/^<main/)
    terminal.type('git checkout -q feature')
    await shows(/^<feature/)
    terminal.type('echo x > new; git add new')
    await shows(/^<feature.*@\+1/)
    terminal.type('cd /')
    const text = await until(terminal.screen, (said) => lastLine(said) === '<>')
    expect(lastLine(text)).toBe('<>')
    expect(text).not.toMatch(/\[\d+\]|Done|error|not found|ended/)
  })

  test.skipIf(!canTest(shell))(
    'a branch’s name is shown and nothing else, and takes the room that it takes',
    async () => {
      const { repo, env } = arrange()
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a shell's
      const name = '$(touch${IFS}pwned)`touch${IFS}pwned`%F{red}%d!!%%;x'
      sh(repo, `git branch -m '${name}'; git config wt.default-branch '${name}'`)
      const terminal = openTerminal(shell, repo.dir, env)
      const line = `<${name}  ^>`
      const seen = await until(
        async () => {
          const text = await terminal.screen()
          if (shell !== 'zsh' && lastLine(text).endsWith('…>')) terminal.type('')
          return text
        },
        (text) => lastLine(text) === line,
      )
      expect(lastLine(seen)).toBe(line)
      expect(existsSync(join(repo.dir, 'pwned'))).toBe(false)
      // Colours that were counted as text would make the line break too early.
      terminal.type(`: ${'x'.repeat(50)}`)
      const typed = await until(terminal.screen, (text) => text.includes('xx'))
      expect(typed).toMatch(new RegExp(`x{${80 - line.length - 3}}\\nx`))
    },
  )

  test.skipIf(!canTest(shell) || shell === 'fish')('$?, the codes of a pipeline and $! are the user’s', async () => {
    const { repo, env } = arrange()
    const terminal = openTerminal(shell, repo.dir, env)
    await until(terminal.screen, (text) => text.includes('<main'))
    terminal.type('sleep 0 & false | (exit 3)')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a shell's
    terminal.type(shell === 'bash' ? 'echo "codes=${PIPESTATUS[*]}"' : 'echo "codes=$pipestatus"')
    expect(await until(terminal.screen, (text) => /codes=\d/.test(text))).toMatch(/codes=1 3/)
    terminal.type('sleep 30 & mine=$!; git commit -q --allow-empty -m x')
    terminal.type('[ $mine = $! ] && echo "same"=same; (exit 7)')
    terminal.type('echo "status=$?"; jobs')
    const text = await until(terminal.screen, (said) => /status=\d/.test(said) && /\n\[\d\].*sleep/.test(said))
    expect(text).toMatch(/same=same/)
    expect(text).toMatch(/status=7/)
    expect(text.match(/^\[\d\]/gm)?.length).toBeLessThan(6)
    terminal.type('kill $!')
  })
})
