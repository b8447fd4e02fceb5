/** What is valid in JSON and still would act on a terminal or hide from the reader: DEL, C1 controls, bidi, the unseen. */
const unseen = (): RegExp =>
  /[\x7F-\x9F\p{Zl}\p{Zp}\p{Bidi_Control}\u00AD\u200B\u2060-\u2064\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu

const spell = (char: string): string =>
  Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/**
 * Any answer as JSON text, two blanks deep, or on one line. It says the same as the value, only spelled so that a
 * terminal shows all of it; never fails on strings that are not well-formed.
 */
export const renderJson = (value: unknown, { compact = false }: { readonly compact?: boolean } = {}): string => {
  const text = JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part),
    compact ? 0 : 2,
  )
  return `${text.replace(unseen(), spell)}\n`
}
