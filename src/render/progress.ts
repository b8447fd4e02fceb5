import { showBytes } from '../core/byte-count.ts'
import { countText } from './amount.ts'
import { message } from './message.ts'
import type { Style } from './style.ts'

/** How far a deletion is. */
export const renderProgress = (files: number, bytes: number, style: Style): string =>
  message('progress', `deleting: ${countText(files, 'file')}, ${showBytes(bytes)}`, style)
