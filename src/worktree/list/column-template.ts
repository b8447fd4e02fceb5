import { WtError } from '../../core/errors.ts'
import { expandTemplate, parseTemplate, type Variables } from '../../core/template.ts'
import { compileTemplate } from '../../template/expand.ts'

/** What a column can say of one row. A variable that is undefined has no value in this row. */
export interface CellValues {
  readonly variables: Variables
  readonly vars: ReadonlyMap<string, string>
  readonly branchConfig: ReadonlyMap<string, string>
}

interface Member {
  readonly group: string
  readonly key: string
}

const MEMBER = /(\{\{\s*)(vars|git\.branch)(?:\.([A-Za-z_]\w*)|\[\s*(?:'([^']+)'|"([^"]+)")\s*\])/g
const MEMBER_NAME = /\bmember_(\d+)\b/g

const spelled = ({ group, key }: Member): string => (/^\w+$/.test(key) ? `${group}.${key}` : `${group}['${key}']`)

const wrong = (header: string, message: string, hint: string): WtError =>
  new WtError('CONFIG_INVALID', `list.custom-columns.${header}: ${message}`, { hint })

/** What the engine is for: conditions, other filters. A member that a row lacks is undefined there. */
const compileFully = async (header: string, source: string): Promise<(values: CellValues) => string> => {
  const template = await compileTemplate(source)
  const hint = 'see docs/configuration.md for what a column can say'
  if (template.problem !== undefined) throw wrong(header, template.problem, hint)
  return ({ variables, vars, branchConfig }) => {
    const data = (value: unknown) => ({ kind: 'data', value }) as const
    const git = data({ branch: Object.fromEntries(branchConfig) })
    const expansion = template.expand({ ...variables, vars: data(Object.fromEntries(vars)), git })
    if (expansion.kind === 'text') return expansion.text
    if (expansion.kind === 'undefined-variable' && /^(?:vars|git)\b/.test(expansion.name)) return ''
    if (expansion.kind === 'undefined-variable' && Object.hasOwn(variables, expansion.name)) return ''
    throw wrong(header, expansion.message, 'vars.<key> and git.branch.<key> are there too')
  }
}

/**
 * Reads the template of a column once, and answers with what fills a cell: empty where something that the template names
 * has no value in the row. Throws CONFIG_INVALID for a template that can't be read here, and when it is expanded with a
 * variable that no row has.
 */
export const compileColumn = async (header: string, source: string): Promise<(values: CellValues) => string> => {
  const members: Member[] = []
  // The plain reader knows no groups of variables, so each member gets a name of its own.
  const flat = source.replace(MEMBER, (_, open: string, group: string, word: string, one: string, two: string) => {
    members.push({ group, key: word ?? one ?? two })
    return `${open}member_${members.length - 1}`
  })
  const template = parseTemplate(flat)
  if (template.kind === 'needs-engine') return compileFully(header, source)
  return ({ variables, vars, branchConfig }) => {
    const found = members.map(({ group, key }) => (group === 'vars' ? vars : branchConfig).get(key.toLowerCase()))
    if (found.includes(undefined)) return ''
    const named = Object.fromEntries(found.map((value, at) => [`member_${at}`, value]))
    const expansion = expandTemplate(template, { ...variables, ...named })
    if (expansion.kind === 'text') return expansion.text
    if (expansion.kind === 'undefined-variable' && Object.hasOwn(variables, expansion.name)) return ''
    const message = expansion.message.replace(MEMBER_NAME, (_, at: string) => spelled(members[Number(at)] as Member))
    throw wrong(header, message, 'vars.<key> and git.branch.<key> are there too')
  }
}
