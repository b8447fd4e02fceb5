import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** Reads an answer and holds it against a schema in docs/schema. Throws with everything that does not fit. */
export const answerChecker = (name: string): ((out: string) => unknown) => {
  const file = new URL(`../../docs/schema/${name}.json`, import.meta.url)
  const check = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
  return (out) => {
    const value: unknown = JSON.parse(out)
    if (!check(value)) throw new Error(`${name}: ${JSON.stringify(check.errors, undefined, 2)}\n${out}`)
    return value
  }
}
