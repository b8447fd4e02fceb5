import type { Staged } from '../../core/applied.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { foresee, type Keeping, recall } from '../../git/trash/foresee.ts'
import type { KeptFiles, SizedPath } from './result.ts'

type Sized = Keeping['kept'][number]

const sizedPath = ({ path, files, bytes, more }: Sized): SizedPath => ({ path, files, bytes, more })

const keptOf = (staged: Staged): KeptFiles | undefined => {
  const { kept, dropped } = recall(staged) ?? foresee(staged)
  if (kept.length + dropped.length === 0) return undefined
  const isIgnored = ({ why }: Sized): boolean => why === 'ignored'
  return {
    place: staged.kept,
    discarded: kept.filter((each) => !isIgnored(each)).map(({ path }) => path),
    ignored: kept.filter(isIgnored).map(sizedPath),
    dropped: dropped.map(sizedPath),
  }
}

/** What became of what git could not give back, by where it stood; undefined where there was nothing of that. */
export const keptIn = (
  staged: readonly Staged[],
): readonly (readonly [path: AbsolutePath, files: KeptFiles | undefined])[] =>
  staged.map((each) => [each.from, keptOf(each)] as const)
