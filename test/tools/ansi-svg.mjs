// Text with the colours that chalk gives it (bold, dim, eight colours) as an SVG that looks the same in any viewer.

const COLOURS = new Map([
  ['31', '#ff7b72'],
  ['32', '#7ee787'],
  ['33', '#e3b341'],
  ['34', '#79c0ff'],
  ['35', '#d2a8ff'],
  ['36', '#76e3ea'],
])
const PLAIN = '#e6edf3'
const BACKGROUND = '#161b22'
const BORDER = '#6e7681'

const CELL = 8
const LINE = 19
const PADDING = 16

const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Pieces of one line, each in one look. A code that is not known is an error: the picture would be wrong. */
const pieces = (line) => {
  let look = { bold: false, dim: false, fill: PLAIN }
  const found = []
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    if (!part.startsWith('\u001b')) {
      if (part !== '') found.push({ ...look, text: part })
      continue
    }
    for (const code of part.slice(2, -1).split(';')) {
      if (code === '' || code === '0') look = { bold: false, dim: false, fill: PLAIN }
      else if (code === '1') look = { ...look, bold: true }
      else if (code === '2') look = { ...look, dim: true }
      else if (code === '22') look = { ...look, bold: false, dim: false }
      else if (code === '39') look = { ...look, fill: PLAIN }
      else if (COLOURS.has(code)) look = { ...look, fill: COLOURS.get(code) }
      else throw new Error(`no colour is known for the code ${code}`)
    }
  }
  return found
}

const attributes = ({ bold, dim, fill }) =>
  [fill === PLAIN ? '' : ` fill="${fill}"`, bold ? ' font-weight="700"' : '', dim ? ' fill-opacity=".62"' : ''].join('')

/**
 * One line. Every word stands at its own place and is stretched to its cells, and every symbol outside ASCII is a word:
 * fonts disagree about their widths.
 */
const drawLine = (line, y) => {
  let cell = 0
  const spans = []
  for (const piece of pieces(line)) {
    for (const word of piece.text.match(/ +|[!-~]+|[^ -~]/gu) ?? []) {
      const size = word.charCodeAt(0) < 127 ? word.length : 1
      const x = PADDING + cell * CELL
      const stretch = size > 1 ? ` textLength="${size * CELL}"` : ''
      if (!word.startsWith(' ')) spans.push(`<tspan x="${x}"${stretch}${attributes(piece)}>${escapeXml(word)}</tspan>`)
      cell += size
    }
  }
  return spans.length === 0 ? '' : `<text y="${y}">${spans.join('')}</text>\n`
}

/** An SVG of the text, on a ground of its own, so that it can stand on a light page and on a dark one. */
export const toSvg = (text, { columns, title }) => {
  const lines = text.replace(/\n$/, '').split('\n')
  const [width, height] = [columns * CELL + 2 * PADDING, lines.length * LINE + 2 * PADDING]
  const body = lines.map((line, at) => drawLine(line, PADDING + at * LINE + 14)).join('')
  const font = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">\n`,
    `<title>${escapeXml(title)}</title>\n`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="${BACKGROUND}" stroke="${BORDER}"/>\n`,
    `<g font-family="${font}" font-size="13" fill="${PLAIN}" xml:space="preserve">\n`,
    body,
    '</g>\n</svg>\n',
  ].join('')
}
