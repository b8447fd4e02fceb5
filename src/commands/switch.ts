import { string } from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT } from '../cli/exit-codes.ts'
import { wantsJson } from '../cli/flags.ts'
import { hookVoice } from '../cli/hook-ports.ts'
import { splitWords, switchDescription, switchExamples, switchFlags, usageProblem } from '../cli/switch-flags.ts'
import { message } from '../render/message.ts'
import { renderDone, renderNotes, renderStopped, renderUndone, switchJson } from '../render/switch.ts'
import { findHandOff } from '../shell/hand-off.ts'
import type { SwitchOptions, SwitchPorts } from '../worktree/switch/options.ts'
import { finishSwitch, runSwitch } from '../worktree/switch/run.ts'

export default class Switch extends BaseCommand {
  static override summary = 'Go to a branch’s worktree; make it, and the branch, where there is none'
  static override description = switchDescription
  static override examples = switchExamples
  static override usage = 'switch [BRANCH] [FLAGS] [-- ARGS...]'
  static override args = { branch: string({ description: 'branch, path of a worktree, or one of ^ @ -' }) }
  static override flags = switchFlags

  async run(): Promise<number> {
    const [words, programArgs] = splitWords(this.argv)
    const { flags, args } = await this.parse(Switch, words)
    const { out, err, env, startedIn } = this.context
    const { execute, create, base, path, clobber, carry } = flags
    const problem = usageProblem(args.branch, flags, programArgs)
    if (problem !== undefined) this.error(problem, { exit: EXIT.usage })
    if (args.branch === undefined) {
      err.write(`${message('error', 'BRANCH is missing: which branch or worktree to go to', err.style)}\n`)
      err.write(`${message('hint', 'to see what there is: wt list; for help: wt switch --help', err.style)}\n`)
      return EXIT.failed
    }
    if (flags['no-verify']) err.write(`${message('warning', '--no-verify is now called --no-hooks', err.style)}\n`)
    const place = this.place(flags, { recover: true })
    const recovered = startedIn === undefined && flags.directory === undefined
    const { commandLine: command } = this
    const voice = hookVoice(this.context, place, { yes: flags.yes, words: command, confirm: this.confirm })
    const ports: SwitchPorts = { ...place, voice, command, heard: err.terminal, recovered, startedIn }
    const program = execute === undefined ? undefined : { program: execute, args: programArgs }
    const hooks = !(flags['no-hooks'] || flags['no-verify'])
    const asked = { hooks, create, base, path, clobber, carry, cd: flags.cd, dryRun: flags['dry-run'] }
    const options: SwitchOptions = { target: args.branch, ...asked, execute: program }
    const result = await runSwitch(ports, options)
    const { outcome } = result
    err.write(renderNotes(result, err.style))
    if (outcome.kind === 'stopped') {
      err.write(renderStopped(outcome, err.style))
      throw outcome.error
    }
    const text = outcome.kind === 'done' ? { answer: '', narration: '' } : renderUndone(outcome, out.style, err.style)
    this.show(wantsJson(flags) ? { ...text, answer: switchJson(outcome) } : text)
    if (outcome.kind !== 'done') return outcome.kind === 'refused' ? EXIT.failed : EXIT.done
    if (env['WT_FIRST_OUTPUT']) return EXIT.done
    const handOff = await findHandOff(this.context)
    if (outcome.cd && handOff.kind === 'integrated') handOff.goTo(outcome.landing)
    const why = handOff.kind === 'integrated' ? undefined : handOff.why
    err.write(renderDone(outcome, why, err.style))
    return finishSwitch(outcome, result.startHooks, ports)
  }
}
