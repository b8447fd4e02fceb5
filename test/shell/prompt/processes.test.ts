import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { ready } from '../../support/graceful.ts'
import { shell as sh } from '../../support/shell.ts'
import {
  BARE,
  codeFile,
  DRAWING,
  type DrawingShell,
  isInstalled,
  openSession,
  type WtOnPath,
  wtOnPath,
} from './session.ts'

let onPath: WtOnPath
beforeAll(() => {
  onPath = wtOnPath()
})

const STRACE = 'strace'

const DRAWS: Readonly<Record<DrawingShell, string>> = {
  bash: '. "$CODE"; for ((at = 0; at < DRAWS; at++)); do wt_prompt_update; done; echo "$WT_PROMPT"',
  zsh: '. "$CODE"; repeat $DRAWS wt_prompt_update; echo "$WT_PROMPT"',
  fish: 'source $CODE; for at in (command seq $DRAWS); wt_prompt >/dev/null; end; echo $WT_PROMPT',
}

/** The processes that a shell starts for so many prompts, as strace counts them, and the last segment. */
const traced = (
  shell: DrawingShell,
  draws: number,
  cwd: string,
  env: Readonly<Record<string, string>>,
): { readonly started: number; readonly shown: string } => {
  const log = join(mkdtempSync(join(inject('tempRoot'), 'trace-')), 'log')
  const { stdout, status, stderr } = spawnSync(
    STRACE,
    ['-f', '-o', log, '-e', 'trace=clone,clone3,fork,vfork,execve', shell, ...BARE[shell], '-c', DRAWS[shell]],
    { cwd, env: { ...env, DRAWS: String(draws), CODE: codeFile(shell), WT_PROMPT_AGE: '100000', NO_COLOR: '1' } },
  )
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
  // A thread is no process; fish has some.
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /\b(?:clone3?|fork|vfork|execve)\(/.test(line) && !line.includes('CLONE_THREAD'))
  return { started: calls.length, shown: stdout.toString().trimEnd() }
}

describe.each(DRAWING)('%s', (shell) => {
  test.skipIf(!isInstalled(shell) || !isInstalled(STRACE)).each([
    ['the main worktree', ''],
    ['deep in a linked worktree', '../repo.feature/a/b'],
    ['outside of any repository', '..'],
  ])('with nothing changed no process is started: %s', async (_, place) => {
    const repo = ready('ahead')
    const linked = repo.addWorktree('feature')
    sh({ dir: linked, env: repo.env }, 'mkdir -p a/b')
    const cwd = join(repo.dir, place)
    const env = onPath.env(repo.env)
    const session = openSession(shell, cwd, env)
    const shown = await session.settled()
    session.end()
    const [none, many] = [traced(shell, 0, cwd, env), traced(shell, 60, cwd, env)]
    expect(many.shown).toBe(shown)
    expect(many.started - none.started).toBe(0)
  })

  test.skipIf(!isInstalled(shell) || !isInstalled(STRACE))('with something changed strace sees it', async () => {
    const repo = ready('ahead')
    const env = onPath.env(repo.env)
    const [none, one] = [traced(shell, 0, repo.dir, env), traced(shell, 1, repo.dir, env)]
    expect(one.shown).toBe('main …')
    expect(one.started - none.started).toBeGreaterThan(0)
  })
})
