import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { BUILT } from '../support/cli.ts'
import { marked, markOf, userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { copyBuilt } from './built.ts'

let wt = BUILT
beforeAll(() => {
  wt = copyBuilt()
})

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0

describe('with a terminal', () => {
  /** Runs a line of shell on a terminal of its own, types keys into it, and answers with what it showed. */
  const onTerminal = (repo: TestRepo, line: string, keys: string): string => {
    const script = [
      'import os, pty, sys, time, select',
      'pid, fd = pty.fork()',
      'if pid == 0:',
      '    os.chdir(sys.argv[1]); os.execvp("sh", ["sh", "-c", sys.argv[2]])',
      'out = b""; typed = False; end = time.time() + 15',
      'while time.time() < end:',
      '    ready, _, _ = select.select([fd], [], [], 0.1)',
      '    if ready:',
      '        try: piece = os.read(fd, 65536)',
      '        except OSError: break',
      '        if not piece: break',
      '        out += piece',
      '    if not typed and b"READY" in out:',
      '        os.write(fd, sys.argv[3].encode()); typed = True',
      'sys.stdout.buffer.write(out)',
    ].join('\n')
    const done = spawnSync('python3', ['-c', script, repo.dir, line, keys], { env: repo.env, encoding: 'utf8' })
    return done.stdout
  }
  const command = (): string => `'${process.execPath}' '${wt}'`

  test.skipIf(!hasPython)('a hook may ask, and change how the terminal behaves', () => {
    const repo = makeRepo('ahead')
    userConfig(
      repo,
      `pre-merge = "stty -echo; echo RE''ADY; read answer; stty echo; echo got-$answer > ${marked(repo, 'got')}"`,
    )
    onTerminal(repo, `${command()} hook pre-merge; echo left-$?`, 'secret\n')
    expect(markOf(repo, 'got')).toBe('got-secret\n')
  })

  test.skipIf(!hasPython)('Ctrl-C stops the loop that called wt', () => {
    const repo = makeRepo('ahead')
    userConfig(repo, `pre-merge = "trap 'exit 0' INT; echo x >> ${marked(repo, 'runs')}; echo RE''ADY; sleep 20"`)
    const script = join(repo.base, 'loop.sh')
    writeFileSync(
      script,
      `for i in 1 2 3; do ${command()} hook pre-merge; done; echo went-on > '${marked(repo, 'on')}'\n`,
    )
    onTerminal(repo, `bash '${script}'`, '\u0003')
    expect([markOf(repo, 'runs'), markOf(repo, 'on')]).toEqual(['x\n', undefined])
  })

  test.skipIf(!hasPython)('approval is asked for, and the rest of what is typed is the hook’s', () => {
    const repo = makeRepo('ahead')
    writeFileSync(join(repo.base, 'config.toml'), '')
    const file = join(repo.base, 'wt.toml')
    writeFileSync(file, `pre-merge = "read line; echo $line > ${marked(repo, 'got')}"`)
    const out = onTerminal(
      repo,
      `echo READY; WT_PROJECT_CONFIG_PATH='${file}' ${command()} hook pre-merge`,
      'y\nfor the hook\n',
    )
    expect(out).toContain('[y/N]')
    expect(markOf(repo, 'got')).toBe('for the hook\n')
  })
})
