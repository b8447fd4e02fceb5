import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeRepo } from '../support/repo.ts'
import { has, shellRoom } from '../support/shells.ts'
import { copyBuilt } from './built.ts'

const on = test.runIf(has('nu'))

describe('the wrapper in nushell', () => {
  on('goes where the program says, gives its output as a value, and clears up', () => {
    const room = shellRoom()
    mkdirSync(join(room.base, "a b'$(touch pwned)é"))
    const script = "LOAD\nlet lines = (wt 'a  b' '$(x)' '*' --)\nprint --no-newline $lines\nprint $env.PWD"
    const { out, err } = room.run('nu', script, { TO: join(room.base, "a b'$(touch pwned)é") })
    expect(err).toBe('')
    const place = Buffer.from(join(room.base, "a b'$(touch pwned)é")).toString('latin1')
    expect(out).toBe(`<a  b><$(x)><*><-->\nmode 600, size 0\n${place}\n`)
    expect(room.leftovers()).toEqual([])
  })

  on('a failure keeps its code, shows what was printed, and the directory changes all the same', () => {
    const room = shellRoom()
    const script = 'LOAD\ntry { wt x } catch { print $"rc ($env.LAST_EXIT_CODE)" }\nprint $env.PWD'
    const { out } = room.run('nu', script, { TO: '/', CODE: '7' })
    expect(out).toBe('<x>\nmode 600, size 0\nrc 7\n/\n')
    expect(room.run('nu', 'LOAD\nwt x', { CODE: '7' }).code).toBe(7)
    expect(room.leftovers()).toEqual([])
  })

  on.each(['-x', '-cx', '--execute', '--execute=sh'])('%s: what is printed is shown while it comes', (flag) => {
    const room = shellRoom()
    const { out } = room.run('nu', `LOAD\nwt a ${flag} sh\nprint done`)
    expect(out).toBe(`<a><${flag}><sh>\nmode 600, size 0\ndone\n`)
  })

  on('completion asks the program, in both forms that nushell has used', () => {
    const repo = makeRepo('basic')
    const room = shellRoom()
    const env = {
      ...repo.env,
      WT_BIN: room.program('real', `cd '${repo.dir}' && exec '${process.execPath}' '${copyBuilt()}' "$@"`),
    }
    const script = `LOAD
print (nu-complete wt [wt remove t] | to json --raw)
print (nu-complete wt {command: [wt list --format ""]} | to json --raw)`
    const [branches, values] = room
      .run('nu', script, env)
      .out.trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(branches).toEqual([{ value: 'topic', description: expect.stringMatching(/^branch, .* ago$/) }])
    expect(values).toEqual(['table', 'json'].map((value) => ({ value, description: '' })))
  })
})
