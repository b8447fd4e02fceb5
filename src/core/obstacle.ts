import type { AbsolutePath } from './ids.ts'

/** What keeps a worktree from being removed, whatever flags are given. */
export type Obstacle =
  | { readonly kind: 'locked'; readonly reason: string | undefined }
  /** Its directory and its registration do not name each other. */
  | { readonly kind: 'not-ours'; readonly why: string }
  /** `path` lies in it and is a worktree of this repository, or the repository itself. */
  | { readonly kind: 'holds'; readonly path: AbsolutePath }
