import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { withLock } from '../../src/git/lock.ts'

const [directory = '', rounds = '1'] = process.argv.slice(2)
const inside = join(directory, 'inside')

/** One that has ended, and only waits for its parent to notice, still answers. */
const isWaitedFor = (pid: number): boolean => {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) && /\) [ZX] /.test(readFileSync(stat, 'utf8'))
}

/** A holder that was killed has left its number behind; a live one should not be there. */
const company = (): number | undefined => {
  try {
    const pid = Number(readFileSync(inside, 'utf8'))
    if (pid === 0) return undefined
    process.kill(pid, 0)
    return isWaitedFor(pid) ? undefined : pid
  } catch {
    return undefined
  }
}

/** Takes the lock again and again, and writes down whom it met inside. */
const work = async (): Promise<void> => {
  for (let at = 0; at < Number(rounds) && existsSync(directory); at++) {
    await withLock(directory as AbsolutePath, 'test', async () => {
      const other = company()
      if (other !== undefined) appendFileSync(join(directory, 'doubles'), `${process.pid} met ${other}\n`)
      writeFileSync(inside, String(process.pid))
      await sleep(Math.random() * 2)
      rmSync(inside, { force: true })
      appendFileSync(join(directory, 'rounds'), '.')
    })
  }
}

void work()
