/** What no ref name may hold: control characters, space, and what means something to git or to a shell's patterns. */
const FORBIDDEN = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\.$|^\/|\/$/

/**
 * Whether git takes a name for a branch, by the rules of git-check-ref-format(1) for branches: what `git branch` refuses
 * besides (`HEAD`, `@`, a leading dash) is refused too.
 */
export const isBranchName = (text: string): boolean =>
  text !== '' &&
  text !== '@' &&
  text !== 'HEAD' &&
  !text.startsWith('-') &&
  !FORBIDDEN.test(text) &&
  text.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
