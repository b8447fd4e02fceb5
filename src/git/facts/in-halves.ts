/** Below this many questions a second process costs more than it saves. */
const WORTH_SPLITTING = 50

/** Hands a batch to `ask` in one piece, or in two at once where that is worth a process. */
export const inHalves = async <Item>(
  items: readonly Item[],
  ask: (part: readonly Item[]) => Promise<void>,
): Promise<void> => {
  if (items.length === 0) return
  if (items.length < WORTH_SPLITTING) return await ask(items)
  const middle = items.length >> 1
  await Promise.all([ask(items.slice(0, middle)), ask(items.slice(middle))])
}
