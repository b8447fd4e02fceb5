import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ready } from '../../support/graceful.ts'
import { DRAWING, isInstalled, openSession, until, wtOnPath } from './session.ts'

const linesOf = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean)

/** Notes the process id of the shell that holds the lock, and its own, then takes its time. */
const SLOW = 'echo "$PPID $$" >> "$LOG"; sleep 0.7'

/** Notes what it was started with that it could keep from ending, besides what it is given. */
const OPEN = 'ls -l /proc/self/fd | grep -v " 3 -> /proc/" | sed "s/.*-> //" | grep -v "^total" > "$LOG"'

describe.each(DRAWING)('%s', (shell) => {
  test.skipIf(!isInstalled(shell))('twenty prompts at once: one line is made', async () => {
    const repo = ready('ahead')
    const onPath = wtOnPath(SLOW)
    const sessions = Array.from({ length: 20 }, () => openSession(shell, repo.dir, onPath.env(repo.env)))
    await Promise.all(sessions.map(({ run }) => run('true')))
    const drawn = await Promise.all(sessions.map(({ draw }) => draw()))
    expect(new Set(drawn)).toEqual(new Set(['main …']))
    const settled = await Promise.all(sessions.map((session) => session.settled()))
    expect(settled.every((text) => /^main {2}/.test(text))).toBe(true)
    expect(linesOf(onPath.log)).toHaveLength(1)
    const lock = join(repo.dir, '.git', 'wt-prompt.lock')
    expect(
      await until(
        async () => String(existsSync(lock)),
        (there) => there === 'false',
      ),
    ).toBe('false')
    for (const session of sessions) session.end()
  })

  test.skipIf(!isInstalled(shell))('one that is killed is in nobody’s way', async () => {
    const repo = ready('ahead')
    const onPath = wtOnPath(`${SLOW}; [ "$(wc -l < "$LOG")" != 1 ] || sleep 100`)
    const killed = openSession(shell, repo.dir, onPath.env(repo.env))
    await killed.draw()
    await until(
      async () => readFileSync(onPath.log, 'utf8'),
      (text) => text !== '',
    )
    for (const pid of linesOf(onPath.log).join(' ').split(' ').map(Number)) process.kill(pid, 'SIGKILL')
    expect(existsSync(join(repo.dir, '.git', 'wt-prompt.lock'))).toBe(true)
    const other = openSession(shell, repo.dir, onPath.env(repo.env))
    const began = Date.now()
    expect(await other.settled()).toMatch(/^main {2}/)
    expect(Date.now() - began).toBeLessThan(process.platform === 'linux' ? 4_900 : 15_000)
    expect(linesOf(onPath.log)).toHaveLength(2)
    for (const session of [killed, other]) session.end()
  })

  test.skipIf(!isInstalled(shell)).each([
    ['of long ago', '1700000000 1\n'],
    ['that says nothing', ''],
    ['that says nonsense', 'a[$(touch pwned)] ;x\n'],
  ])('a lock %s holds nobody up', async (_, text) => {
    const repo = ready('ahead')
    const onPath = wtOnPath()
    writeFileSync(join(repo.dir, '.git', 'wt-prompt.lock'), text)
    const session = openSession(shell, repo.dir, onPath.env(repo.env))
    expect(await session.settled()).toMatch(/^main {2}/)
    expect(existsSync(join(repo.dir, 'pwned'))).toBe(false)
    session.end()
  })

  test.skipIf(!isInstalled(shell))('a line that can’t be made is not asked for at every prompt', async () => {
    const repo = ready('ahead')
    const onPath = wtOnPath('echo called >> "$LOG"; exit 1')
    const session = openSession(shell, repo.dir, onPath.env(repo.env))
    for (let turn = 0; turn < 20; turn++) expect(await session.draw()).toBe('main …')
    expect(linesOf(onPath.log).length).toBeLessThan(4)
    session.end()
  })

  test.skipIf(!isInstalled(shell))('where a directory stands in the way of the line, the branch is shown', async () => {
    const repo = ready('ahead')
    mkdirSync(join(repo.dir, '.git', 'wt-prompt'))
    const session = openSession(shell, repo.dir, wtOnPath().env(repo.env))
    for (let turn = 0; turn < 3; turn++) expect(await session.draw()).toBe('main …')
    session.end()
  })

  test.skipIf(!isInstalled(shell) || process.platform !== 'linux')('who makes it keeps nothing open', async () => {
    const repo = ready('ahead')
    const onPath = wtOnPath(`${OPEN}; sleep 1`)
    const session = openSession(shell, repo.dir, onPath.env(repo.env))
    if (shell !== 'fish') await session.run(`exec 7> '${join(repo.base, 'kept')}'`)
    await session.draw()
    const open = await until(
      async () => readFileSync(onPath.log, 'utf8'),
      (text) => text.split('\n').length > 2,
    )
    expect(
      open
        .split('\n')
        .filter((path) => path !== '' && path !== '/dev/null' && path !== onPath.log && !path.startsWith('pipe:')),
    ).toEqual([])
    session.end()
  })

  test.skipIf(!isInstalled(shell))('the shell sees nothing of it: no job, no child, no status', async () => {
    const repo = ready('ahead')
    const session = openSession(shell, repo.dir, wtOnPath('sleep 1').env(repo.env))
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a shell's
    const tell = { bash: '"$? $!"', zsh: '"$? ${!#0}"', fish: '"$status $last_pid"' } as const
    const update = shell === 'fish' ? 'wt_prompt' : 'wt_prompt_update'
    expect(await session.run(`false; ${update} >/dev/null; echo ${tell[shell]}`)).toBe('1 \n')
    const began = Date.now()
    expect(await session.run('jobs; wait; true')).toMatch(/^(jobs: There are no jobs\n)?$/)
    expect(Date.now() - began).toBeLessThan(900)
    session.end()
  })
})
