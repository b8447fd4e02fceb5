/**
 * Paths are bytes; strings are not. A byte that is no part of valid UTF-8 becomes the lone surrogate U+DC00 + byte
 * (Python's PEP 383), so that every path survives the round trip and only display has to care.
 */

const decodeSlowly = (bytes: Uint8Array): string => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4
    try {
      text += decoder.decode(bytes.subarray(at, at + length))
      at += length
    } catch {
      text += String.fromCharCode(0xdc00 + lead)
      at += 1
    }
  }
  return text
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Decodes bytes to a string from which `encodeBytes` gets the same bytes back. */
export const decodeBytes = (bytes: Uint8Array): string => {
  const text = decoder.decode(bytes)
  return text.includes('\uFFFD') ? decodeSlowly(bytes) : text
}

const LONE = /[\uDC80-\uDCFF]/

/** Whether the string carries bytes that are not UTF-8. A surrogate that is half of a pair is not such a byte. */
export const carriesRawBytes = (text: string): boolean => LONE.test(text) && !text.isWellFormed()

/** The bytes of a string made by `decodeBytes`. */
export const encodeBytes = (text: string): Uint8Array => {
  const encoder = new TextEncoder()
  if (!carriesRawBytes(text)) return encoder.encode(text)
  const out: number[] = []
  for (const char of text) {
    const code = char.charCodeAt(0)
    if (char.length === 1 && code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00)
    else out.push(...encoder.encode(char))
  }
  return Uint8Array.from(out)
}
