import type { LineShell } from './lines.ts'

/** A file as it was when it was looked at. `text` has one character for each byte; `real` is where links lead. */
export type FileState =
  | { readonly kind: 'file'; readonly text: string; readonly real: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unusable'; readonly reason: string }

export interface Found {
  readonly path: string
  readonly state: FileState
}

/** Where the integration of one shell is, or would be. `picked`: taken up when no shell is named. */
export type Site =
  | { readonly kind: 'line'; readonly shell: LineShell; readonly file: Found; readonly picked: boolean }
  | {
      readonly kind: 'files'
      readonly shell: 'fish' | 'nu'
      /** What should be there. */
      readonly files: readonly (Found & { readonly text: string })[]
      /** Files of ours, for whatever command. */
      readonly ours: readonly Found[]
      /** Files of ours in a place that is not used any more. */
      readonly superseded: readonly Found[]
      readonly picked: boolean
      /** What would have to exist for the shell to be picked. */
      readonly waitsFor: string
    }
