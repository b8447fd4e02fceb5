import type { CommitHeader } from '../../core/facts.ts'
import type { CustomColumnView, ListResult, ListRow } from '../../worktree/list/result.ts'
import type { Paint, Style } from '../style.ts'
import { shortAge } from './age.ts'
import type { Column } from './column.ts'
import { cellText, rowName, shortHead } from './name.ts'
import { pairColumn } from './pair-column.ts'
import { branchLines, COMMITS, commitCounts, LINES, UPSTREAM, upstreamCounts, workingLines } from './pairs.ts'
import { readablePath } from './path.ts'
import { drawStatus, STATUS_WIDTH } from './symbols.ts'
import { textColumn } from './text-column.ts'

const nameLook = (row: ListRow, style: Style): Paint | undefined => {
  if (row.branch === undefined) return (text) => style.dim(style.yellow(text))
  return row.worktree?.current === true ? style.bold : undefined
}

const faint = (_row: ListRow, style: Style): Paint => style.dim

const commitOf = ({ commit }: ListRow): CommitHeader | undefined => (commit === 'pending' ? undefined : commit)

const isCommitPending = ({ commit }: ListRow): boolean => commit === 'pending'

const isOutOfPlace = ({ worktree }: ListRow): boolean =>
  worktree !== undefined && (worktree.mismatched || worktree.duplicate || worktree.detached)

const branch = textColumn({ read: rowName, look: nameLook, least: 1, most: 32, comfortable: 16 })

const status: Column['fit'] = (_column, { style, open }, rows) => ({
  ideal: STATUS_WIDTH,
  least: STATUS_WIDTH,
  empty: false,
  draw: (line, at, { start }) => {
    const row = rows[at]
    if (row !== undefined) drawStatus(line, start, row, { style, open })
  },
})

const path = textColumn({
  read: ({ worktree }, { result }) => worktree && readablePath(worktree.path, result.root, result.home),
  hasData: (rows) => rows.some(isOutOfPlace),
})

const commit = textColumn({
  read: shortHead,
  look: faint,
})

const age = textColumn({
  read: (row, { result }) => {
    const header = commitOf(row)
    return header && shortAge(header.committedAt, result.now)
  },
  isPending: isCommitPending,
  look: faint,
})

const message = textColumn({
  read: (row) => commitOf(row)?.subject,
  isPending: isCommitPending,
  look: faint,
  least: 10,
  most: 100,
})

const COLUMNS: readonly Column[] = [
  { name: 'branch', header: 'Branch', align: 'left', priority: 1, fit: branch },
  { name: 'status', header: 'Status', align: 'left', priority: 2, fit: status },
  { name: 'working-diff', header: 'HEAD±', align: 'right', priority: 3, fit: pairColumn(LINES, workingLines) },
  { name: 'ahead-behind', header: 'main↕', align: 'right', priority: 4, fit: pairColumn(COMMITS, commitCounts) },
  { name: 'branch-diff', header: 'main…±', align: 'right', priority: 6, fit: pairColumn(LINES, branchLines) },
  { name: 'upstream', header: 'Remote⇅', align: 'right', priority: 8, fit: pairColumn(UPSTREAM, upstreamCounts) },
  { name: 'path', header: 'Path', align: 'left', priority: 7, fit: path },
  { name: 'commit', header: 'Commit', align: 'left', priority: 11, fit: commit },
  { name: 'age', header: 'Age', align: 'right', priority: 12, fit: age },
  { name: 'message', header: 'Message', align: 'left', priority: 13, fit: message },
]

/** The last of ours that stands before the user's own columns. */
const BEFORE_CUSTOM = COLUMNS.findIndex(({ name }) => name === 'path') + 1

const customColumn = ({ header, width, priority }: CustomColumnView): Column => ({
  name: header,
  header: cellText(header),
  align: 'left',
  priority,
  fit: textColumn({
    read: ({ custom }) => (custom !== undefined && Object.hasOwn(custom, header) ? custom[header] : undefined),
    most: width,
  }),
})

/** The columns that a list may show, in display order: the user's choice, or all. Own ones only where they say something. */
export const columnsOf = ({ columns, customColumns = [], rows }: ListResult): readonly Column[] => {
  const custom = customColumns
    .filter(({ header }) => rows.some((row) => row.custom !== undefined && Object.hasOwn(row.custom, header)))
    .map(customColumn)
  const all = [...COLUMNS.slice(0, BEFORE_CUSTOM), ...custom, ...COLUMNS.slice(BEFORE_CUSTOM)]
  if (columns === undefined) return all
  // A name of ours comes first: nobody can put another column in its place.
  return columns.flatMap(
    (name) => COLUMNS.find((each) => each.name === name) ?? custom.find((each) => each.name === name) ?? [],
  )
}
