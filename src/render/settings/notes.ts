import type { Note } from '../../settings/state/result.ts'
import { message } from '../message.ts'
import type { Style } from '../style.ts'

/** What a command has to say, one message each. */
export const renderNotes = (notes: readonly Note[], style: Style): string =>
  notes.map(({ kind, text }) => `${message(kind, text, style)}\n`).join('')
