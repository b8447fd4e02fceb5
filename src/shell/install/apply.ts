import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { integratedName, linesOf, withoutManagedLines } from './lines.ts'
import { withLock } from './lock.ts'
import { changedFile, unusableFile } from './problems.ts'
import { replaceFile } from './replace.ts'
import type { Step } from './result.ts'

/** Turns what the file system refuses into words. */
const told = <Result>(path: string, act: () => Result): Result => {
  try {
    return act()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST' || code === 'ENOENT') throw changedFile(path)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') throw unusableFile(path, 'it may not be written')
    throw error
  }
}

const writeAll = (descriptor: number, bytes: Buffer): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

/** Appends through one handle, after reading through the same one. Nothing is ever cut off or replaced. */
const append = ({ path, shell, name, line, creates }: Extract<Step, { kind: 'append' }>): boolean => {
  const { O_RDWR, O_APPEND, O_CREAT, O_EXCL } = constants
  if (creates) mkdirSync(dirname(path), { recursive: true })
  const real = creates ? path : told(path, () => realpathSync(path))
  return withLock(real, () => {
    const descriptor = told(path, () => openSync(real, O_RDWR | O_APPEND | (creates ? O_CREAT | O_EXCL : 0), 0o644))
    try {
      const text = fstatSync(descriptor).size === 0 ? '' : readFileSync(descriptor, 'latin1')
      if (linesOf(text).some((each) => integratedName(each.replace(/\r?\n$/, ''), shell) === name)) return false
      writeAll(descriptor, Buffer.from(`${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`))
      fsyncSync(descriptor)
      return true
    } finally {
      closeSync(descriptor)
    }
  })
}

/** The text of a file, a character for each byte. Throws SHELL_FILE_CHANGED unless it is what it was. */
const mustBe = (path: string, before: string): void => {
  if (told(path, () => readFileSync(path, 'latin1')) !== before) throw changedFile(path)
}

const cut = ({ path, shell, before }: Extract<Step, { kind: 'cut' }>): void => {
  const real = told(path, () => realpathSync(path))
  withLock(real, () => {
    mustBe(real, before)
    told(path, () => replaceFile(real, Buffer.from(withoutManagedLines(before, shell), 'latin1')))
  })
}

const write = ({ path, before, text }: Extract<Step, { kind: 'write' }>): void => {
  mkdirSync(dirname(path), { recursive: true })
  const real = before === undefined ? path : told(path, () => realpathSync(path))
  withLock(real, () => {
    if (before === undefined) {
      const descriptor = told(path, () => openSync(path, 'wx', 0o644))
      writeAll(descriptor, Buffer.from(text))
      closeSync(descriptor)
      return
    }
    mustBe(real, before)
    told(path, () => replaceFile(real, Buffer.from(text)))
  })
}

/**
 * Makes one change. False when it had been made meanwhile by another run. Throws SHELL_FILE_CHANGED when the file is not
 * what the plan saw, SHELL_FILE_UNUSABLE when it can't be written.
 */
export const applyStep = (step: Step): boolean => {
  switch (step.kind) {
    case 'append':
      return append(step)
    case 'cut':
      cut(step)
      return true
    case 'write':
      write(step)
      return true
    case 'delete':
      mustBe(step.path, step.before)
      told(step.path, () => unlinkSync(step.path))
      return true
  }
}
