// The histories of the fixtures, as streams that `git fast-import` reads. The same shape gives the same bytes.

const START = 1_700_000_000

/** Numbers that look random and are the same every time (a linear congruential generator). */
const sequence = (seed) => {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`

const fileName = (at) => `src/part-${at % 25}/file-${at}.txt`

/** Forty lines, of which the one that `version` names differs from version to version. */
const fileText = (at, version) =>
  Array.from({ length: 40 }, (_, line) =>
    line === version % 40 ? `file ${at} line ${line} version ${version}\n` : `file ${at} line ${line}\n`,
  ).join('')

const commit = (ref, mark, from, date, message, files) =>
  [
    `commit ${ref}\nmark :${mark}\ncommitter Bench <bench@example.com> ${date} +0000\n`,
    data(message),
    from === undefined ? '' : `from :${from}\n`,
    ...files.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
  ].join('')

export const branchName = (at) => `topic/${String(at).padStart(4, '0')}`

/** What a branch is, by its number: five kinds in turn, so that every part of a list has work. */
const KINDS = ['merged', 'ahead', 'diverged', 'conflicting', 'same']

const branchStream = function* (at, { commits }, next, tips) {
  const name = branchName(at)
  const ref = `refs/heads/${name}`
  const kind = KINDS[at % KINDS.length]
  const back = kind === 'ahead' || kind === 'same' ? 0 : 1 + ((at * 17) % Math.min(400, commits - 2))
  const base = commits - back
  tips.set(name, base)
  if (kind === 'merged' || kind === 'same') {
    yield `reset ${ref}\nfrom :${base}\n\n`
    return
  }
  let from = base
  for (let step = 0; step < 2 + (at % 2); step++) {
    const mark = next()
    // File 0 changes in every commit of main as well, on the same line.
    const path = kind === 'conflicting' ? fileName(0) : `topics/${at}-${step}.txt`
    const text = kind === 'conflicting' ? fileText(0, 40_000_000 + at * 40) : `${name} step ${step}\n`.repeat(12)
    yield commit(ref, mark, from, START + (commits + at) * 60 + step, `${name}: step ${step}`, [[path, text]])
    from = mark
  }
  tips.set(name, from)
}

/**
 * `main` with `commits` commits over `files` files, `branches` branches beside it, and for every other branch a
 * remote-tracking ref. Yields pieces of the stream.
 */
export const historyStream = function* (shape) {
  const { commits, files, branches } = shape
  const random = sequence(commits + branches)
  const all = Array.from({ length: files }, (_, at) => [fileName(at), fileText(at, 0)])
  yield commit('refs/heads/main', 1, undefined, START, 'Begin', all)
  for (let mark = 2; mark <= commits; mark++) {
    const at = 1 + random(files - 1)
    const changed = [
      [fileName(0), fileText(0, mark * 40)],
      [fileName(at), fileText(at, mark)],
    ]
    yield commit('refs/heads/main', mark, mark - 1, START + mark * 60, `Change ${mark}`, changed)
  }
  let last = commits
  const tips = new Map()
  for (let at = 0; at < branches; at++) yield* branchStream(at, shape, () => ++last, tips)
  yield `reset refs/remotes/origin/main\nfrom :${commits}\n\n`
  for (let at = 0; at < branches; at += 2) {
    yield `reset refs/remotes/origin/${branchName(at)}\nfrom :${tips.get(branchName(at))}\n\n`
  }
}
