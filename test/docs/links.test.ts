import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRequest } from '../../src/cli/argv.ts'
import { commands } from '../../src/commands/index.ts'
import { files, ROOT, textOf } from '../architecture/tree.ts'

const pages = files.filter((path) => path === 'README.md' || (path.startsWith('docs/') && path.endsWith('.md')))

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '')

/** The anchors of a page: its headings as they are addressed. */
const anchorsOf = (path: string): readonly string[] =>
  [...textOf(path).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

const isDead = (page: string, link: string): boolean => {
  const [target = '', anchor] = link.split('#')
  const path = target === '' ? page : normalize(join(dirname(page), target))
  if (!existsSync(join(ROOT, path))) return true
  return anchor !== undefined && !anchorsOf(path).includes(anchor)
}

describe.each(pages)('%s', (page) => {
  const text = textOf(page)

  test('its links lead somewhere', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !/^https?:/.test(link) && isDead(page, link))).toEqual([])
  })

  test('the files that it names are there', () => {
    const named = [...text.matchAll(/`((?:src|test|docs|snapshots)\/[^`\s]*)`/g)].map(([, path = '']) => path)
    const gone = named.filter((path) => !path.includes('<') && !/[*…]/.test(path) && !existsSync(join(ROOT, path)))
    expect(gone).toEqual([])
  })
})

describe('README.md', () => {
  const [there = '', ...rest] = textOf('README.md').split('\n## Not there yet\n')
  const ids = Object.keys(commands)
  const spans = [...there.matchAll(/`(wt [^`]+)`/g)].map(([, span = '']) => span)
  /** Every line that a reader could type. */
  const typed = [...spans, ...(there.match(/^(?:npm start -s -- |wt )[^#\n]*/gm) ?? [])]
    .map((line) => line.replace(/^npm start -s -- /, 'wt ').trim())
    // What follows -- is somebody else's.
    .map((line) =>
      line
        .replace(/ -- .*$/, '')
        .split(/\s+/)
        .slice(1),
    )

  test('it says what is not there yet', () => {
    expect(rest).toHaveLength(1)
  })

  test('each command and flag that it shows is there', async () => {
    const wrong: string[] = []
    for (const words of typed) {
      const request = readRequest(words, ids)
      if (request.kind === 'unknown') wrong.push(words.join(' '))
      if (request.kind !== 'command') continue
      const Class = await commands[request.id]?.()
      const spelt = Object.entries({ ...Class?.baseFlags, ...Class?.flags }).flatMap(([name, flag]) => [
        `--${name}`,
        `-${flag.char}`,
        ...('allowNo' in flag && flag.allowNo === true ? [`--no-${name}`] : []),
      ])
      const flags = words.filter((word) => word.startsWith('-')).map((word) => word.replace(/=.*$/, ''))
      if (!flags.every((flag) => spelt.includes(flag))) wrong.push(words.join(' '))
    }
    expect(wrong).toEqual([])
  })

  test('each command that is there is shown, but for hidden ones', async () => {
    const shown = typed.flatMap((words) => {
      const request = readRequest(words, ids)
      return request.kind === 'command' ? [request.id] : []
    })
    const open = await Promise.all(ids.map(async (id) => ((await commands[id]?.())?.hidden === true ? [] : [id])))
    expect(open.flat().filter((id) => !shown.includes(id))).toEqual([])
  })
})
