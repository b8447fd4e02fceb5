import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { has, shellRoom } from '../support/shells.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** How a shell says what POSIX shells say with `$?`. */
const status = (shell: string): string => (shell === 'fish' ? '$status' : '$?')

/** A name that would do something if any shell took it for more than a name. */
const HOSTILE = 'a b\'$(touch pwned)`touch pwned`;é"*'

describe.each(SHELLS)('the wrapper in %s', (shell) => {
  const on = test.runIf(has(shell))
  const code = status(shell)

  on('hands over a private empty file, goes where that says, and clears it away', () => {
    const room = shellRoom()
    mkdirSync(join(room.base, HOSTILE))
    const script = `LOAD\nwt 'a  b' '$(touch pwned)' '*' '' -x --\necho "rc ${code}"\npwd`
    const { out, err } = room.run(shell, script, { TO: join(room.base, HOSTILE) })
    expect(err).toBe('')
    const place = Buffer.from(join(room.base, HOSTILE)).toString('latin1')
    expect(out).toBe(`<a  b><$(touch pwned)><*><><-x><-->\nmode 600, size 0\nrc 0\n${place}\n`)
    expect(room.leftovers()).toEqual([])
    expect(readdirSync(room.base)).not.toContain('pwned')
  })

  on('an existing XDG_RUNTIME_DIR is where the file goes', () => {
    const room = shellRoom()
    const runtime = join(room.base, 'runtime')
    mkdirSync(runtime, { mode: 0o700 })
    const shown = room.program('show', 'echo "$WT_DIRECTIVE_CD_FILE"')
    const env = { WT_BIN: shown, XDG_RUNTIME_DIR: runtime }
    expect(room.run(shell, 'LOAD\nwt', env).out).toMatch(new RegExp(`^${runtime}/wt\\.\\w+\n$`))
    expect(room.run(shell, 'LOAD\nwt', { ...env, XDG_RUNTIME_DIR: '/nowhere' }).out).toContain(
      join(room.base, 'tmp', 'wt.'),
    )
  })

  on('a failure keeps its code, and the directory changes all the same', () => {
    const room = shellRoom()
    const { out } = room.run(shell, `LOAD\nwt x\necho "rc ${code}"\npwd`, { TO: '/', CODE: '7' })
    expect(out).toMatch(/rc 7\n\/\n$/)
    expect(room.leftovers()).toEqual([])
  })

  on('a directory that is gone is a failure, unless the program failed before', () => {
    const room = shellRoom()
    const gone = { TO: '/no/such/place' }
    expect(room.run(shell, `LOAD\nwt x\necho "rc ${code}"`, gone).out).toMatch(/rc 1\n$/)
    expect(room.run(shell, `LOAD\nwt x\necho "rc ${code}"`, { ...gone, CODE: '3' }).out).toMatch(/rc 3\n$/)
    expect(room.leftovers()).toEqual([])
  })

  on('a path may hold newlines, also at its end, and bytes that are not UTF-8', () => {
    const room = shellRoom()
    const paths = ['two\nlines', 'ends\n', 'raw\xff']
    for (const [at, path] of paths.entries()) {
      const target = room.program(
        `to-${at}`,
        `d='${room.base}/${at === 2 ? 'raw' : path}'
${at === 2 ? `d="$d$(printf '\\377')"` : ''}
mkdir -p "$d"; printf '%s\\n' "$d" > "$WT_DIRECTIVE_CD_FILE"`,
      )
      const { out, err } = room.run(shell, 'LOAD\nwt\nenv pwd', { WT_BIN: target })
      expect(err).toBe('')
      expect(out).toBe(`${room.base}/${path}\n`)
    }
  })

  on('COMPLETE set: the program is run as it is', () => {
    const room = shellRoom()
    const { out } = room.run(shell, 'LOAD\nwt a', { COMPLETE: shell, TO: '' })
    expect(out).toBe('<a>\n')
  })

  on('a temporary file that cannot be made costs the directory change, not the command', () => {
    const room = shellRoom()
    const { out } = room.run(shell, `LOAD\nwt a\necho "rc ${code}"`, { TMPDIR: '/no/such/place', CODE: '4' })
    expect(out).toBe('<a>\nrc 4\n')
  })

  on('without WT_BIN, or with an empty one, the program on PATH is run; the name is the one that was asked for', () => {
    const room = shellRoom('my-wt')
    room.program('my-wt', 'echo "real $1"')
    const env = { WT_BIN: '', PATH: `${join(room.base, 'bin')}:${room.env['PATH']}` }
    expect(room.run(shell, 'LOAD\nmy-wt list', env).out).toBe('real list\n')
  })
})

describe.each(['bash', 'zsh'] as const)('what the user made of the shell: %s', (shell) => {
  const on = test.runIf(has(shell))
  const functions = ['cd', 'rm', 'command', 'mktemp', 'trap', 'read'].map((name) => `${name}() { echo BAD ${name}; }`)
  const aliases = ['cd', 'rm', 'command', 'builtin', 'local', 'mktemp', 'trap', 'read', 'eval', 'printf', 'return']
  const taken = [...functions, `alias ${aliases.map((name) => `${name}=false`).join(' ')}`].join('\n')
  const expand = shell === 'bash' ? 'shopt -s expand_aliases' : 'setopt aliases'

  on('aliases and functions have no part in it', () => {
    const room = shellRoom()
    const { out, err } = room.run(shell, `${expand}\n${taken}\nLOAD\nwt x\n\\builtin pwd`, { TO: '/' })
    expect(err).toBe('')
    expect(out).toBe('<x>\nmode 600, size 0\n/\n')
    expect(room.leftovers()).toEqual([])
  })

  const modes = shell === 'bash' ? ['set -o posix', 'shopt -s localvar_inherit'] : ['emulate sh', 'setopt no_aliases']
  on.each(['set -eu -o noclobber', 'set -f', 'IFS=/ ; export IFS', 'umask 0', ...modes])('%s', (mode) => {
    const room = shellRoom()
    const script = `${mode}\nLOAD\nwt x\npwd\nCODE=5 wt y || echo "rc $?"\ncase $- in *e*) wt z; CODE=6 wt; echo missed;; esac`
    const { out, err } = room.run(shell, script, { TO: '/' })
    expect(err).toBe('')
    expect(out).toMatch(/^<x>\nmode 600, size 0\n\/\n<y>\nmode 600, size 0\nrc 5\n/)
    expect(out).not.toContain('missed')
    expect(room.leftovers()).toEqual([])
  })

  on('no variable, option or trap is left behind', () => {
    const room = shellRoom()
    const state =
      shell === 'bash'
        ? 'compgen -v | grep -v -e ^BASH -e ^FUNCNAME -e ^PIPESTATUS -e ^OLDPWD -e ^_$ -e ^before -e ^after; shopt -p; set -o; trap -p'
        : "typeset + | sed 's/.* //' | grep -v -e ^OLDPWD -e ^before -e ^after -e '^[!0-9_?]' | sort; setopt; trap"
    const script = `trap 'echo bye' EXIT\ntrap 'echo int' INT\nbefore=$(${state})\nLOAD\nwt x >/dev/null\nafter=$(${state})
[ "$before" = "$after" ] && echo same || { echo "$before" > b; echo "$after" > a; diff b a; }`
    const { out } = room.run(shell, script, { TO: '' })
    expect(out).toBe('same\nbye\n')
  })

  on('in a subshell and in a pipe', () => {
    const room = shellRoom()
    const script = `LOAD\n(wt x >/dev/null; pwd)\nwt y | cat\necho "$(wt z)"\npwd`
    const { out } = room.run(shell, script, { TO: '/' })
    expect(out).toBe(`/\n<y>\nmode 600, size 0\n<z>\nmode 600, size 0\n${room.base}\n`)
    expect(room.leftovers()).toEqual([])
  })
})

describe('bash: a shell that is ended', () => {
  test.runIf(has('bash'))('takes the file with it, and runs the trap of its own', () => {
    const room = shellRoom()
    const killer = room.program('killer', 'kill -TERM "$PPID"; sleep 0.2')
    const { signal, out } = room.run('bash', `trap 'echo bye' EXIT\nLOAD\nwt x\necho missed`, { WT_BIN: killer })
    expect(out).toBe('bye\n')
    expect(signal).toBe('SIGTERM')
    expect(room.leftovers()).toEqual([])
  })
})

const LINTER = 'shellcheck'

test.runIf(has(LINTER))('shellcheck finds nothing in the scripts', () => {
  const scripts = join(import.meta.dirname, '..', '..', 'src', 'shell', 'scripts')
  for (const [dialect, ...names] of [
    ['sh', 'candidates.sh'],
    ['bash', 'wrapper.bash', 'complete.bash'],
  ] as const) {
    const paths = names.map((name) => join(scripts, name))
    expect(spawnSync(LINTER, ['-s', dialect, ...paths]).stdout.toString()).toBe('')
  }
})
