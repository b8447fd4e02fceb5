import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { LoadedConfig } from '../../src/core/config.ts'
import type { HookKind } from '../../src/core/hooks.ts'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { approve, type HookPlan, NO_HOOKS } from '../../src/hooks/approve.ts'
import { type BackgroundHook, startBackground } from '../../src/hooks/background.ts'
import { runForeground } from '../../src/hooks/foreground.ts'
import { type HookGround, hookPorts, loadHookConfig, openGround, projectIdFor } from '../../src/hooks/ground.ts'
import { manualPlace, worktreeHere } from '../../src/hooks/manual.ts'
import type { HookPlace, HookPorts } from '../../src/hooks/ports.ts'
import type { HookEvent } from '../../src/hooks/result.ts'
import { checkHooks } from '../../src/hooks/scripts.ts'
import { type HookSelection, selectHooks } from '../../src/hooks/selection.ts'
import { marked, markOf, projectConfig, userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

interface Hooked {
  readonly loaded: LoadedConfig
  readonly ground: HookGround
  readonly ports: HookPorts
  readonly events: HookEvent[]
  readonly place: <Kind extends HookKind>(kind: Kind) => HookPlace<Kind>
  readonly select: (...kinds: readonly HookKind[]) => HookSelection
}

/** What a command has in hand when it comes to hooks. */
const open = async (repo: TestRepo): Promise<Hooked> => {
  const events: HookEvent[] = []
  const home = `${repo.base}/home` as AbsolutePath
  const ground = await openGround(repo.dir, repo.env)
  const loaded = await loadHookConfig(ground, {
    env: repo.env,
    cwd: repo.dir,
    home,
    configPath: undefined,
    configSets: [],
  })
  const say = (event: HookEvent): void => void events.push(event)
  const process = { env: repo.env, home, now: Date.now, shellCwd: repo.dir, words: ['wt', 'x'], say }
  const place = <Kind extends HookKind>(kind: Kind): HookPlace<Kind> => {
    const { given: _, ...rest } = manualPlace(kind, ground, worktreeHere(ground))
    return rest
  }
  const projectId = projectIdFor(ground.repository)
  return {
    ...{ loaded, ground, events, place },
    ports: await hookPorts(ground, loaded, process),
    select: (...kinds) => selectHooks(loaded, { projectId, kinds }),
  }
}

const yes = { yes: true, path: undefined, approvedBefore: [], ask: undefined }

describe('a plan is what was selected', () => {
  test('a file that changes afterwards, as after a rebase, changes nothing', async () => {
    const repo = makeRepo('ahead')
    projectConfig(repo, `pre-merge = "echo first >> ${marked(repo, 'ran')}"`)
    const { select, place, ports } = await open(repo)
    const selection = select('pre-merge')
    projectConfig(repo, `pre-merge = "echo second >> ${marked(repo, 'ran')}"`)
    const plan = await approve(selection, yes)
    projectConfig(repo, `pre-merge = "echo third >> ${marked(repo, 'ran')}"`)
    expect(await runForeground(plan, 'pre-merge', place('pre-merge'), ports)).toBe(1)
    expect(markOf(repo, 'ran')).toBe('first\n')
  })

  test('nothing in it can be changed, and what it was made of can’t be either', async () => {
    const repo = makeRepo('ahead')
    userConfig(repo, 'pre-merge = "true"')
    const { select, loaded } = await open(repo)
    const selection = select('pre-merge')
    const plan = await approve(selection, yes)
    const [hook] = plan.of('pre-merge')
    expect(() => Object.assign(plan, { declined: true })).toThrow()
    expect(() => Object.assign(selection, { projectId: 'x' })).toThrow()
    expect(() => (plan.of('pre-merge') as unknown[]).push(hook)).not.toThrow()
    expect(plan.of('pre-merge')).toHaveLength(1)
    const steps = loaded.config.hooks.get('pre-merge') as unknown as { template: string }[][]
    for (const command of steps.flat()) command.template = 'touch evil'
    expect(plan.of('pre-merge')[0]?.steps.flat()).toEqual([{ name: undefined, template: 'true' }])
  })

  test('only hooks that were selected are in it', async () => {
    const repo = makeRepo('ahead')
    userConfig(repo, 'pre-merge = "true"\npre-remove = "true"')
    const { select, place, ports } = await open(repo)
    const plan = await approve(select('pre-merge'), yes)
    expect([...plan.kinds]).toEqual(['pre-merge'])
    expect(await runForeground(plan, 'pre-remove', place('pre-remove'), ports)).toBe(0)
    expect(await runForeground(NO_HOOKS, 'pre-merge', place('pre-merge'), ports)).toBe(0)
  })

  test('a plan can’t be made up', () => {
    // @ts-expect-error only `approve` makes one
    const made: HookPlan = { declined: false, warnings: [], of: () => [], kinds: new Set() }
    expect(made).toBeDefined()
  })
})

describe('checking before anything is changed', () => {
  const check = async (template: string): Promise<string> => {
    const repo = makeRepo('ahead')
    userConfig(repo, `post-start = ${JSON.stringify(template)}`)
    const { select } = await open(repo)
    const plan = await approve(select('post-start'), yes)
    return checkHooks(plan).then(
      () => '',
      (error: Error) => error.message,
    )
  }

  test.each(['{{ branch }}', '{{ base }} {{ pr_number }}', '{{ vars.port }}', '{% if upstream %}{% endif %}'])(
    '%s is sound',
    async (template) => {
      expect(await check(template)).toBe('')
    },
  )

  test.each([
    ['{{ brnch }}', 'did you mean "branch"'],
    ['{{ branch', 'syntax error'],
    ['{{ vars.x', 'syntax error'],
  ])('%s is not', async (template, mention) => {
    expect(await check(template)).toMatch(/^post-start user: /)
    expect(await check(template)).toContain(mention)
  })
})

describe('a hook runs in its worktree or not at all', () => {
  test('in the foreground that is a failure, in the background it is dropped with a word', async () => {
    const repo = makeRepo('ahead')
    userConfig(repo, `pre-remove = "touch ${marked(repo, 'ran')}"\npost-commit = "touch ${marked(repo, 'ran')}"`)
    const { select, place, ports, events } = await open(repo)
    const plan = await approve(select('pre-remove', 'post-commit'), yes)
    const gone = { cwd: `${repo.base}/gone` as AbsolutePath }
    await expect(runForeground(plan, 'pre-remove', { ...place('pre-remove'), ...gone }, ports)).rejects.toMatchObject({
      code: 'HOOK_FAILED',
      message: expect.stringContaining('gone'),
    })
    const hook = { kind: 'post-commit', place: { ...place('post-commit'), ...gone } } as BackgroundHook
    startBackground(plan, [hook], ports)
    expect(events).toEqual([{ kind: 'dropped', hook: 'post-commit', path: gone.cwd }])
    expect(existsSync(marked(repo, 'ran'))).toBe(false)
  })
})

test('a bare repository’s root has the default branch’s file, of its commit if need be', async () => {
  const repo = makeRepo('ahead')
  repo.commit('config', { files: { '.config/wt.toml': 'pre-merge = "echo from the commit"\n' } })
  const bare = `${repo.base}/bare` as AbsolutePath
  repo.git('clone', '-q', '--bare', repo.dir, bare)
  const texts = async (): Promise<readonly string[]> => {
    const { loaded } = await open({ ...repo, dir: bare })
    return (loaded.projectConfig.hooks.get('pre-merge') ?? []).flat().map(({ template }) => template)
  }
  expect(await texts()).toEqual(['echo from the commit'])
  repo.git('-C', bare, 'worktree', 'add', '-q', `${repo.base}/main`, 'main')
  projectConfig(repo, 'pre-merge = "echo from the worktree"', `${repo.base}/main`)
  expect(await texts()).toEqual(['echo from the worktree'])
})
