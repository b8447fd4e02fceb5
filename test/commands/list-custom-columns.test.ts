import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { loggingGit } from '../e2e/git-shim.ts'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const configured = (text: string): TestRepo => {
  const repo = makeRepo('basic')
  const file = join(repo.base, 'home/.config/wt/config.toml')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  repo.git('config', 'wt.state.main.vars.ticket', 'AB-1')
  repo.git('config', 'branch.main.Jira', 'J-7')
  repo.git('config', 'branch.main.description', 'one\ntwo')
  return repo
}

const TWO = `[list.custom-columns.Ticket]
template = "#{{ vars.Ticket }}"
[list.custom-columns.Alpha]
template = "{{ git.branch.jira }} {{ worktree_name }}/{{ vars['ticket'] }}"
`

test('cells stand behind the path, by header; a row that lacks something has an empty one', async () => {
  const repo = configured(TWO)
  const { out, err, code } = await wt(repo, ['list', '--branches'])
  expect(code, err).toBe(0)
  const [header = '', main = '', topic = ''] = out.split('\n')
  expect(header).toMatch(/Path +Alpha +Ticket +Commit/)
  expect(main).toMatch(/J-7 repo\/AB-1 +#AB-1 /)
  expect(topic).not.toContain('#')
  const list = await listJson(repo, ['--branches'])
  expect(itemOf(list, 'main').display.columns).toEqual({ Alpha: 'J-7 repo/AB-1', Ticket: '#AB-1' })
  expect(itemOf(list, 'topic').display).not.toHaveProperty('columns')
})

test('a column that is empty everywhere is not there; a chosen one stands where it was put', async () => {
  const repo = configured(`${TWO}[list.custom-columns.None]\ntemplate = "{{ vars.none }}"\n`)
  expect((await wt(repo, ['list'])).out).not.toContain('None')
  const chosen = await wt(repo, ['list', '--config-set=list.columns = ["Ticket", "branch", "None"]'])
  expect(chosen.out.split('\n')[0]).toBe('  Ticket  Branch')
  const wrong = await wt(repo, ['list', '--config-set=list.columns = ["Tickt"]'])
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('did you mean "Ticket"?')])
})

test('width and priority; the most specific project has its own', async () => {
  const repo = configured(`[list.custom-columns.T]
template = "{{ branch }} and a long text behind it"
width = 8
priority = 1
[projects."*".list.custom-columns.U]
template = "{{ branch }}"
`)
  const { out } = await wt(repo, ['list'])
  expect(out.split('\n')[1]).toContain('main an… ')
  expect(out.split('\n')[0]).toMatch(/ T +U /)
  expect((await wt(repo, ['list'], { columns: 30 })).out.split('\n')[0]).toMatch(/ T$/)
})

test('anything that a template can say', async () => {
  const template = '{% if vars.ticket %}{{ vars.ticket | upper }}{% else %}-{% endif %}'
  const repo = configured(`[list.custom-columns.T]\ntemplate = "${template}"\n`)
  repo.git('config', 'wt.state.main.vars.ticket', 'ab-1')
  expect(itemOf(await listJson(repo), 'main').display.columns).toEqual({ T: 'AB-1' })
})

test.each([
  ['{{ brnch }}', 'did you mean "branch"?'],
  ['{{ branch', 'it ends in the middle of a tag'],
  ['{{ vars.ticket }} {{ nothing }}', 'there is no variable "nothing"'],
])('%s is an error that names the column', async (template, words) => {
  const repo = configured(`[list.custom-columns.T]\ntemplate = "${template}"\n`)
  for (const format of ['table', 'json']) {
    const { code, err } = await wt(repo, ['list', `--format=${format}`])
    expect([code, err]).toEqual([1, expect.stringContaining(words)])
    expect(err).toContain('list.custom-columns.T')
    expect(err).not.toContain('member_')
  }
  expect((await wt(repo, ['list', 'statusline'])).code).toBe(0)
})

test('git is asked once for all branches, and only where a column shows what it knows', async () => {
  const asked = async (text: string): Promise<number> => {
    const repo = configured(text)
    for (let at = 0; at < 20; at++) repo.git('branch', `b${at}`)
    const shim = loggingGit(repo.env)
    await wt(repo, ['list', '--branches'], { env: shim.env })
    return shim.take().filter((line) => line.includes('--get-regexp')).length
  }
  expect(await asked(TWO)).toBe(1)
  expect(await asked('[list.custom-columns.T]\ntemplate = "{{ vars.ticket }}"\n')).toBe(0)
})
