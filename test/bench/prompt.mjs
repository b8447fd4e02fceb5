// What the prompt segment costs for each prompt, beside an empty function, when nothing has changed.
//   npm run build && npm run bench:prompt -- [--rounds 21] [--prompts 2000]
// Each shell draws both in turns within one process, so that a busy machine is unfair to both alike. Microseconds.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cleanEnvironment } from './fixtures.mjs'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '21' }, prompts: { type: 'string', default: '2000' } },
})
const base = realpathSync(mkdtempSync(join(tmpdir(), 'wt-bench-prompt-')))
const built = join(import.meta.dirname, '..', '..', 'dist', 'wt.js')
const bin = join(base, 'bin')
const env = {
  ...cleanEnvironment(base),
  PATH: `${bin}:${process.env.PATH}`,
  WT_PROMPT_AGE: '9999999',
  ROUNDS: values.rounds,
  PROMPTS: values.prompts,
  BASE: base,
}

/** Prints, for each round, the nanoseconds of so many empty functions and of so many prompts, by the clock at hand. */
const LOOPS = {
  bash: `. "$BASE/code"; empty() { :; }
for ((round = 0; round < ROUNDS; round++)); do for each in empty wt_prompt_update; do
  start=\${EPOCHREALTIME/./}; for ((at = 0; at < PROMPTS; at++)); do $each; done
  echo "$each $(( (\${EPOCHREALTIME/./} - start) * 1000 ))"; done; done; echo "shown $WT_PROMPT"`,
  zsh: `. "$BASE/code"; empty() { : }
repeat $ROUNDS; do for each in empty wt_prompt_update; do
  start=$EPOCHREALTIME; repeat $PROMPTS $each
  printf '%s %d\\n' $each $(( (EPOCHREALTIME - start) * 1e9 )); done; done; print -r "shown $WT_PROMPT"`,
  fish: `source $BASE/code; function empty; end
for round in (command seq $ROUNDS); for each in empty wt_prompt
  set start (date +%s%N); for at in (command seq $PROMPTS); $each; end >/dev/null
  echo $each (math (date +%s%N) - $start); end; end; echo shown $WT_PROMPT`,
}
const BARE = { bash: ['--norc', '--noprofile'], zsh: ['-f'], fish: ['--no-config'] }

const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1]

const measure = (shell, cwd) => {
  execFileSync(process.execPath, [built, 'list', 'statusline', '--prompt'], { cwd, env })
  writeFileSync(
    join(base, 'code'),
    execFileSync(process.execPath, [built, 'config', 'shell', 'prompt', shell], { env }),
  )
  const { stdout, status, stderr } = spawnSync(shell, [...BARE[shell], '-c', LOOPS[shell]], {
    cwd,
    env,
    encoding: 'utf8',
  })
  if (status !== 0 || stderr !== '') throw new Error(`${shell}: ${stderr}`)
  const lines = stdout.trimEnd().split('\n')
  if (/…|^shown $/.test(lines.at(-1))) throw new Error(`${shell} shows no line: ${lines.at(-1)}`)
  const each = Number(values.prompts) * 1000
  const of = (empty) =>
    middle(
      lines
        .slice(0, -1)
        .map((line) => line.split(' '))
        .filter(([name]) => (name === 'empty') === empty)
        .map(([, time]) => Number(time) / each),
    )
  return [of(true), of(false)]
}

try {
  mkdirSync(bin)
  writeFileSync(join(bin, 'wt'), `#!/bin/sh\nexec '${process.execPath}' '${built}' "$@"\n`)
  chmodSync(join(bin, 'wt'), 0o755)
  const repo = join(base, 'repo')
  const git = (...words) => execFileSync('git', words, { cwd: repo, env })
  mkdirSync(repo)
  git('init', '-q', '-b', 'main')
  writeFileSync(join(repo, 'a'), 'a\n')
  git('add', 'a')
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '-m', 'a')
  git('worktree', 'add', '-q', '-b', 'feature', join(base, 'linked'))
  const deep = join(base, 'linked', 'b', 'c')
  mkdirSync(deep, { recursive: true })
  console.log(`microseconds for one prompt, median of ${values.rounds} rounds of ${values.prompts}; nothing changed`)
  for (const shell of Object.keys(LOOPS)) {
    if (spawnSync(shell, ['--version']).error !== undefined) continue
    for (const [place, cwd] of [
      ['main worktree', repo],
      ['linked worktree', join(base, 'linked')],
      ['two directories deep in it', deep],
    ]) {
      const [empty, prompt] = measure(shell, cwd)
      console.log(
        `${shell.padEnd(5)} ${place.padEnd(27)} ${prompt.toFixed(0).padStart(5)}   empty function ${empty.toFixed(1).padStart(5)}`,
      )
    }
  }
} finally {
  rmSync(base, { recursive: true, force: true })
}
