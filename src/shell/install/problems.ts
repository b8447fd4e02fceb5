import { WtError } from '../../core/errors.ts'

/** A file that nothing is written to, and why. */
export const unusableFile = (path: string, reason: string): WtError =>
  new WtError('SHELL_FILE_UNUSABLE', `${path} is left alone: ${reason}`, {
    hint: 'make it a file that can be written, or name another shell',
  })

/** A file that is not what it was when the change was planned. */
export const changedFile = (path: string): WtError =>
  new WtError('SHELL_FILE_CHANGED', `${path} has changed meanwhile; nothing was written to it`, {
    hint: 'run the command again',
  })
