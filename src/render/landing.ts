import type { AbsolutePath } from '../core/ids.ts'
import { message, phrase } from './message.ts'
import type { Style } from './style.ts'

/** Why the shell stays where it is. */
export type StayReason = 'outdated-wrapper' | 'git-subcommand' | 'explicit-path' | 'no-wrapper' | 'not-loaded'

const WHY: Readonly<Record<StayReason, readonly [why: string, hint: string]>> = {
  'outdated-wrapper': ['the shell’s wt is out of date', 'start a new shell, or: wt config shell install'],
  'git-subcommand': ['git runs wt as a child', 'use wt itself, or: wt config shell install --cmd git-wt'],
  'explicit-path': ['wt was called by its path', 'call it as wt, so that the shell’s own function runs'],
  'no-wrapper': ['the shell integration is not installed', 'to install it: wt config shell install'],
  'not-loaded': ['the shell integration is not loaded yet', 'restart the shell'],
}

/** What is said when the shell should be somewhere else and can't be taken there. */
export const renderStay = (path: AbsolutePath, why: StayReason, style: Style): string => {
  const [reason, hint] = WHY[why]
  const say = phrase(style)
  return `${message('warning', say`cannot change directory to ${path}: ${{ painted: reason }}`, style)}\n${message('hint', hint, style)}\n`
}
