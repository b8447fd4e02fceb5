// Draws docs/list.svg: a real `wt list` in a real repository, in colour. With --check it draws nothing and leaves with 1
// if the picture is not the one that would be drawn.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toSvg } from './ansi-svg.mjs'
import { buildScene, NOW } from './picture-scene.mjs'

const root = join(import.meta.dirname, '..', '..')
const picture = join(root, 'docs', 'list.svg')
const COLUMNS = 106

/** Runs the built `wt` with its clock stopped at the moment for which the scene is made. */
const runList = (cwd, env) => {
  const clock = `data:text/javascript,Date.now=()=>${NOW * 1000}`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', clock, join(root, 'dist', 'wt.js'), 'list'],
    { cwd, env: { ...env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS) }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`wt list ended with ${status}\n${stderr}`)
  return stdout + stderr
}

const draw = () => {
  const base = mkdtempSync(join(tmpdir(), 'wt-picture-'))
  try {
    const home = join(base, 'home')
    mkdirSync(home)
    const { cwd, env } = buildScene(base, home)
    const text = `\u001b[2m~/code/shop.checkout $\u001b[22m \u001b[1mwt list\u001b[22m\n${runList(cwd, env)}`
    return toSvg(text, { columns: COLUMNS, title: 'wt list in a repository with nine worktrees' })
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

const svg = draw()
if (process.argv.includes('--check')) {
  if (svg !== readFileSync(picture, 'utf8')) {
    console.error('docs/list.svg is not what wt list shows today: npm run picture')
    process.exit(1)
  }
} else writeFileSync(picture, svg)
