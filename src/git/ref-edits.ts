import type { RefName } from '../core/ids.ts'
import type { Effect } from '../core/plan.ts'
import { editRefs } from './edit-refs.ts'
import { type ApplyContext, perform, requireUnused } from './perform.ts'

type RefEffect = Effect & { readonly kind: 'edit-refs' }

/** A plan whose turn it is to edit refs. */
interface Editing {
  readonly edit: RefEffect | undefined
  failure: { readonly error: unknown } | undefined
}

interface Ready {
  readonly editing: Editing
  readonly edit: RefEffect
}

/** Whether a plan writes a ref that another one leans on: then the order counts, and what follows has to be judged anew. */
const dependOnEachOther = (all: readonly Ready[]): boolean => {
  const written = new Set<RefName>()
  for (const { edit } of all) for (const each of edit.edits) if (each.kind !== 'verify') written.add(each.ref)
  return all.some(({ edit }) => edit.edits.some((each) => each.kind === 'verify' && written.has(each.ref)))
}

const isDoneTogether = async (context: ApplyContext, all: readonly Ready[]): Promise<boolean> => {
  const [first] = all
  if (first === undefined || all.length === 1 || dependOnEachOther(all)) return false
  try {
    await requireUnused(
      context,
      all.flatMap(({ edit }) => edit.unused ?? []),
    )
    const reasons = new Set(all.map(({ edit }) => edit.reason))
    const edits = all.flatMap(({ edit }) => edit.edits)
    await editRefs(context, edits, reasons.size === 1 ? first.edit.reason : `${first.edit.reason} and others`)
    return true
  } catch {
    return false
  }
}

/** Edits the refs of several plans in one transaction; where that fails, or may not be, each in one of its own. */
export const editTogether = async (context: ApplyContext, all: readonly Editing[]): Promise<void> => {
  const ready = all.flatMap((editing) =>
    editing.edit === undefined || editing.failure !== undefined ? [] : [{ editing, edit: editing.edit }],
  )
  if (await isDoneTogether(context, ready)) return
  for (const { editing, edit } of ready) {
    await perform(context, edit).catch((error: unknown) => {
      editing.failure = { error }
    })
  }
}
