import { read } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const readByte = (byte: Uint8Array): Promise<number> =>
  new Promise((resolve, reject) => {
    // Not `readSync`: while that waits, no signal would be heard.
    read(0, byte, 0, 1, null, (error, count) => (error === null ? resolve(count) : reject(error)))
  })

/** One line of stdin, without its end; undefined when there is none any more. Leaves what follows to the next reader. */
export const readLine = async (): Promise<string | undefined> => {
  const bytes: number[] = []
  const byte = new Uint8Array(1)
  for (;;) {
    let count = 0
    try {
      count = await readByte(byte)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return undefined
      await sleep(10)
      continue
    }
    if (count === 0) return bytes.length === 0 ? undefined : Buffer.from(bytes).toString()
    if (byte[0] === 0x0a) return Buffer.from(bytes).toString().replace(/\r$/, '')
    bytes.push(byte[0] as number)
  }
}
