/** Control characters but tab and newline, and those that reverse the direction of text: they can hide what is said. */
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text from a file that somebody else may have written, safe to show: what could drive a terminal is spelt out. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
