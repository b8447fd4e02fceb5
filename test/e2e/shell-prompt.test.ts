import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { has, type ShellRoom, shellRoom } from '../support/shells.ts'
import { openTerminal, type Terminal } from '../support/tmux.ts'
import { copyBuilt, runBuilt } from './built.ts'

/** What each shell reads when it starts, and the prompt that tells that it is ready. */
const START = {
  bash: { file: '.bashrc', text: "PS1='ready> '\n", command: ['bash'] },
  zsh: { file: '.zshrc', text: "PS1='ready> '\nautoload -Uz compinit && compinit -u\n", command: ['zsh'] },
  fish: {
    file: '.config/fish/config.fish',
    text: "function fish_prompt; echo 'ready> '; end\nfunction fish_greeting; end\nset -g fish_autosuggestion_enabled 0\n",
    command: ['fish'],
  },
} as const

const HOSTILE = "a b'$(touch pwned)é"

let built = ''
beforeAll(() => {
  built = copyBuilt()
})

let terminal: Terminal | undefined
afterEach(() => {
  terminal?.end()
  terminal = undefined
})

/** A home in which `wt` was installed for a shell, and that shell in a terminal, in a repository. */
const fresh = async (
  shell: keyof typeof START,
  /** A script to be wrapped instead of `wt`, and the variables it needs. */
  instead?: (room: ShellRoom) => { readonly script: string; readonly to?: string },
): Promise<{ readonly room: ShellRoom; readonly repo: TestRepo; readonly opened: Terminal }> => {
  const room = shellRoom()
  const repo = makeRepo('basic')
  repo.git('branch', 'feature/deep')
  repo.git('branch', 'zz$(date>pwned)')
  repo.git('branch', "it's")
  const { file, text, command } = START[shell]
  mkdirSync(dirname(join(room.env.HOME as string, file)), { recursive: true })
  writeFileSync(join(room.env.HOME as string, file), text)
  symlinkSync(built, join(room.base, 'bin', 'wt'))
  const env: Record<string, string> = {
    ...repo.env,
    ...room.env,
    PATH: `${join(room.base, 'bin')}:${room.env['PATH']}`,
  }
  delete env['WT_BIN']
  delete env['XDG_CONFIG_HOME']
  const installed = await runBuilt(built, ['config', 'shell', 'install', shell, '-y'], { cwd: room.base, env })
  expect(installed.code).toBe(0)
  if (instead !== undefined) {
    const { script, to = '' } = instead(room)
    // fish asks the program for the code when it is used for the first time.
    const program = room.program('instead', `[ "$1" != config ] || exec wt "$@"\n${script}`)
    Object.assign(env, { WT_BIN: program, TO: to })
  }
  const opened = openTerminal(command, { cwd: repo.dir, env, base: room.base })
  terminal = opened
  await opened.shows('ready>')
  return { room, repo, opened }
}

describe.each(['bash', 'zsh', 'fish'] as const)('a new %s after install', (shell) => {
  const on = test.runIf(has(shell) && has('tmux'))
  const code = shell === 'fish' ? '$status' : '$?'

  on('Tab completes commands, flags, values and branches; a branch is text and no more', async () => {
    const { opened, repo } = await fresh(shell)
    opened.type('wt rem')
    opened.press('Tab')
    await opened.shows('ready> wt remove')
    opened.type('feature/')
    opened.press('Tab')
    await opened.shows('wt remove feature/deep')
    opened.type(' --dry')
    opened.press('Tab')
    await opened.shows(/feature\/deep +--dry-run/)
    opened.press('C-u')
    opened.type('wt remove zz')
    opened.press('Tab')
    await opened.shows(/wt remove zz\\?\$\\?\(date\\?>pwned\\?\)/)
    opened.press('C-u')
    opened.type("wt remove 'it")
    opened.press('Tab')
    await opened.shows(/wt remove 'it('\\''|\\')s'/)
    opened.press('C-u')
    opened.type('wt remove "zz')
    opened.press('Tab')
    await opened.shows(/wt remove "zz\\\$\(date>pwned\)"/)
    opened.press('C-u')
    opened.type('wt list --format=j')
    opened.press('Tab')
    await opened.shows('wt list --format=json')
    opened.press('C-u')
    opened.type('wt remove ')
    opened.press('Tab')
    if (shell !== 'fish') opened.press('Tab')
    const screen = await opened.shows(/feature\/deep[\s\S]*topic|topic[\s\S]*feature\/deep/)
    expect(screen).not.toMatch(/fatal|rror/)
    expect(readdirSync(repo.dir)).not.toContain('pwned')
  })

  on('goes where the program says, whatever the path is called', async () => {
    const { room, opened } = await fresh(shell, ({ base }) => ({
      script: 'echo "<$1>"; echo "$TO" > "$WT_DIRECTIVE_CD_FILE"',
      to: join(base, HOSTILE),
    }))
    mkdirSync(join(room.base, HOSTILE))
    opened.enter('wt x')
    await opened.shows('<x>')
    opened.enter(`echo "rc ${code} in $PWD."`)
    await opened.shows(`rc 0 in ${join(room.base, HOSTILE)}.`)
    expect(readdirSync(room.base)).not.toContain('pwned')
    expect(room.leftovers()).toEqual([])
  })

  on('there and back again, into worktrees whose paths are hostile', { timeout: 60_000 }, async () => {
    const { room, repo, opened } = await fresh(shell)
    const config = join(room.env.HOME as string, '.config/wt/config.toml')
    mkdirSync(dirname(config), { recursive: true })
    writeFileSync(config, `worktree-path = "../{{ branch }} ${HOSTILE}"\n`)
    const stands = async (at: string): Promise<void> => {
      opened.enter('clear')
      opened.enter('pwd')
      await opened.shows(`${at}\n`)
    }
    opened.enter('wt switch --create one')
    await opened.shows('created branch one')
    await stands(join(repo.base, `one ${HOSTILE}`))
    opened.enter('wt switch -')
    await stands(repo.dir)
    opened.enter('wt switch --create two && wt switch one && wt remove two')
    await opened.shows('removed worktree')
    await stands(join(repo.base, `one ${HOSTILE}`))
    opened.enter('wt remove')
    await opened.shows(/deleted branch/)
    await stands(repo.dir)
    expect(readdirSync(repo.base).join()).not.toContain('pwned,')
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect(room.leftovers()).toEqual([])
  })

  on('Ctrl-C ends the program and the loop around it; the rest is done', async () => {
    const { room, opened } = await fresh(shell, () => ({
      script: 'echo / > "$WT_DIRECTIVE_CD_FILE"; echo asleep-$1; exec sleep 20',
    }))
    opened.enter(
      shell === 'fish' ? 'for i in 1 2; wt $i; echo after-$i; end' : 'for i in 1 2; do wt $i; echo after-$i; done',
    )
    await opened.shows('asleep-1')
    opened.press('C-c')
    await opened.shows(/asleep-1\n[\s\S]*ready>/)
    opened.enter(`echo "rc ${code} in $PWD."`)
    const screen = await opened.shows('rc 130 in /.')
    expect(screen).not.toMatch(/^(?:asleep-2|after-)/m)
    expect(room.leftovers()).toEqual([])
  })
})
