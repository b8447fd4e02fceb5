import { type ChildProcess, spawn } from 'node:child_process'
import { bundle } from '../support/bundle.ts'
import type { TestRepo } from '../support/repo.ts'

/** A process that runs `apply-program.ts`. */
export interface Run {
  readonly child: ChildProcess
  /** Resolves with the program's last word once it and its output have ended. */
  readonly ended: Promise<string>
}

/** Starts the program in a process group of its own and waits until it has looked and planned. */
export const start = async (program: string, repo: TestRepo, ...branches: readonly string[]): Promise<Run> => {
  const child = spawn(process.execPath, [program, repo.dir, ...branches], {
    env: { ...repo.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout?.setEncoding('utf8')
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(said.trim().split('\n').pop() ?? '')))
  await new Promise<void>((resolve) =>
    child.stdout?.on('data', (text: string) => {
      said += text
      if (said.includes('ready\n')) resolve()
    }),
  )
  return { child, ended }
}

/** Lets it apply. */
export const go = ({ child }: Run): void => {
  child.stdin?.end('go\n')
}

/** The program, ready for `start`. */
export const bundleProgram = (): string => bundle(new URL('apply-program.ts', import.meta.url))

/** The branches of a repository. */
export const branches = (repo: TestRepo): readonly string[] =>
  repo.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')
