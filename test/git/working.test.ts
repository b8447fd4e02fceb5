import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemOf, listJson } from '../support/cli.ts'
import { configureHostile } from '../support/hostile.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { diceFrom, shell } from '../support/shell.ts'
import { conflictsByGit, countedByGit, disturb, makeTree } from './dirty-tree.ts'

const linesOf = async (repo: TestRepo, branch = 'main', cwd: string = repo.dir) =>
  itemOf(await listJson(repo, [], { cwd }), branch).worktree?.changes?.diff

describe('lines of the working tree', () => {
  test.each(Array.from({ length: 150 }, (_, seed) => seed))(
    'as git counts them when all is added; conflicts as if committed: %i',
    async (seed) => {
      const dice = diceFrom(seed * 7919 + 1)
      const { repo, path } = makeTree(dice)
      if (dice.rarely(3)) configureHostile(repo)
      for (let round = 0; round < 2; round++) {
        disturb(path, dice, repo.env)
        const expected = { diff: countedByGit(repo, path), conflicts: conflictsByGit(repo, path) }
        for (let run = 0; run < 2; run++) {
          const item = itemOf(await listJson(repo), 'feature')
          const found = { diff: item.worktree?.changes?.diff, conflicts: item.default_branch?.merge_conflicts }
          expect(found, repo.git('-c', 'diff.orderFile=/dev/null', '-C', path, 'status', '--porcelain')).toEqual(expected)
          if (run === 0) await new Promise((resolve) => setTimeout(resolve, 60))
        }
      }
    },
  )

  test('a missing index: everything is as if deleted and untracked at once', async () => {
    const repo = makeRepo('ahead')
    rmSync(join(repo.dir, '.git', 'index'))
    expect(await linesOf(repo)).toEqual(countedByGit(repo, repo.dir))
  })

  test('an unborn branch: against nothing', async () => {
    const repo = makeRepo('ahead')
    for (const format of ['sha1', 'sha256']) {
      const dir = join(repo.base, format)
      repo.git('init', '-q', `--object-format=${format}`, dir)
      writeFileSync(join(dir, 'a'), '1\n2\n')
      writeFileSync(join(dir, 'b'), '1\n')
      repo.git('-C', dir, 'add', 'a')
      expect(await linesOf(repo, 'main', dir)).toEqual({ added: 3, deleted: 0 })
    }
  })

  test('a submodule that has moved is a change of one line, whatever is to be ignored', async () => {
    const [repo, inner] = [makeRepo('ahead'), makeRepo('ahead')]
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.dir, 'sub')
    repo.git('commit', '-q', '-m', 'submodule')
    repo.git('config', 'submodule.sub.ignore', 'all')
    repo.git('config', 'diff.ignoreSubmodules', 'all')
    repo.git('-C', join(repo.dir, 'sub'), 'checkout', '-q', 'HEAD~1')
    expect(await linesOf(repo)).toEqual({ added: 1, deleted: 1 })
    expect(itemOf(await listJson(repo), 'main').worktree?.changes).toMatchObject({ modified: true })
  })

  test('what is there and can’t be read, or never ends, counts for nothing', async () => {
    const repo = makeRepo('ahead')
    shell(repo, 'mkfifo pipe; mkdir sub; mkfifo sub/pipe; echo x > sub/file')
    mkdirSync(join(repo.dir, 'nested'))
    repo.git('init', '-q', join(repo.dir, 'nested', 'repo'))
    symlinkSync('/dev/zero', join(repo.dir, 'zero'))
    expect(await linesOf(repo)).toEqual({ added: 2, deleted: 0 })
  })

  test('attributes: what is never compared has no lines', async () => {
    const repo = makeRepo('ahead')
    repo.commit('attributes', { files: { '.gitattributes': '*.lock -diff\n*.svg binary\n*.dat diff\n' } })
    for (const name of ['a.lock', 'sub/b.lock', 'c.svg', 'd.txt']) repo.write(name, '1\n2\n')
    repo.write('e.dat', new Uint8Array([0, 10, 0, 10]))
    expect(await linesOf(repo)).toEqual(countedByGit(repo, repo.dir))
    expect(await linesOf(repo)).toEqual({ added: 4, deleted: 0 })
  })

  test('a pure move is nothing, an edited one its edits, staged or not, whatever diff.renames says', async () => {
    const repo = makeRepo('ahead')
    repo.git('config', 'diff.renames', 'false')
    repo.commit('long', { files: { long: Array.from({ length: 40 }, (_, at) => `${at}\n`).join('') } })
    shell(repo, 'mkdir d; mv long d/moved')
    expect(await linesOf(repo)).toEqual({ added: 0, deleted: 0 })
    shell(repo, 'echo more >> d/moved')
    expect(await linesOf(repo)).toEqual({ added: 1, deleted: 0 })
    shell(repo, 'git add -A')
    expect(await linesOf(repo)).toEqual({ added: 1, deleted: 0 })
  })

  test('a mode change alone is a change without lines', async () => {
    const repo = makeRepo('ahead')
    chmodSync(join(repo.dir, 'a.txt'), 0o755)
    expect(itemOf(await listJson(repo), 'main').worktree?.changes).toMatchObject({
      modified: true,
      diff: { added: 0, deleted: 0 },
    })
  })
})
