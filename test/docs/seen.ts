/** As much of a JSON Schema as ours use. */
export interface SchemaNode {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, SchemaNode>>
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What a schema allows and none of the documents has: fields by their path, values of an `enum`, and null where it may
 * stand. A schema that promises more than the program says is as wrong as one that forbids what it says.
 */
export const unseen = (root: SchemaNode, documents: readonly unknown[]): readonly string[] => {
  const missing: string[] = []
  const resolve = (node: SchemaNode): SchemaNode =>
    node.$ref === undefined ? node : (root.$defs?.[node.$ref.replace('#/$defs/', '')] ?? {})
  const visit = (written: SchemaNode, path: string, values: readonly unknown[]): void => {
    const node = resolve(written)
    for (const value of node.enum ?? []) if (!values.includes(value)) missing.push(`${path} = ${String(value)}`)
    if (Array.isArray(node.type) && node.type.includes('null') && !values.includes(null)) missing.push(`${path} = null`)
    const records = values.filter(isRecord)
    for (const [name, inner] of Object.entries(node.properties ?? {})) {
      const found = records.filter((record) => Object.hasOwn(record, name)).map((record) => record[name])
      if (found.length === 0) missing.push(`${path}.${name}`)
      else visit(inner, `${path}.${name}`, found)
    }
    if (node.items !== undefined) visit(node.items, `${path}[]`, values.filter(Array.isArray).flat())
  }
  visit(root, '', documents)
  return missing
}
