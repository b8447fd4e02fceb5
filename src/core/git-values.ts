/**
 * Git's configuration as far as decisions read it. Section and name of a key are in lower case, a subsection is as
 * written: `checkout.defaultremote`, `remote.Origin.url`.
 */
export interface GitValues {
  /** The value that counts: the last one. */
  get(key: string): string | undefined
  /** Every value of a key, in the order in which git reads them. */
  all(key: string): readonly string[]
  /** Every key that begins with `prefix`, in the order in which git first reads them. */
  keys(prefix: string): readonly string[]
}
