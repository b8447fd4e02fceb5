import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemOf, listJson } from '../support/cli.ts'
import { fingerprintOf } from '../support/fingerprint.ts'
import { configureHostile } from '../support/hostile.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { diceFrom, shell } from '../support/shell.ts'
import { conflictsByGit, countedByGit, disturb, makeTree } from './dirty-tree.ts'

const linesOf = async (repo: TestRepo, branch = 'main', cwd: string = repo.dir) =>
  itemOf(await listJson(repo, [], { cwd }), branch).worktree?.changes?.diff

describe('lines of the working tree', () => {
  test.each(Array.from({ length: 25 }, (_, seed) => seed))(
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
          expect(found, repo.git('-c', 'diff.orderFile=/dev/null', '-C', path, 'status', '--porcelain')).toEqual(
            expected,
          )
          if (run === 0) await new Promise((resolve) => setTimeout(resolve, 60))
        }
      }
    },
  )

  test('an edit of the same length within the second in which the index was written', async () => {
    const repo = makeRepo('ahead')
    const [time] = [1_700_000_000]
    writeFileSync(join(repo.dir, 'a.txt'), '1\n2\n3\n')
    utimesSync(join(repo.dir, 'a.txt'), time, time)
    repo.git('config', 'core.trustctime', 'false')
    repo.git('config', 'core.checkStat', 'minimal')
    repo.git('update-index', '--refresh')
    writeFileSync(join(repo.dir, 'a.txt'), '1\n2\n4\n')
    utimesSync(join(repo.dir, 'a.txt'), time, time)
    utimesSync(join(repo.dir, '.git', 'index'), time, time)
    // Forces the way that goes by a copy of the index.
    shell(repo, 'mv b.txt c.txt')
    expect(await linesOf(repo)).toEqual({ added: 1, deleted: 1 })
  })

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

  test.each([
    ['split', 'git config core.splitIndex true; git update-index --split-index'],
    ['sparse', 'git sparse-checkout set --sparse-index inside'],
    ['with an untracked cache', 'git config core.untrackedCache true; git update-index --force-untracked-cache'],
    ['of version 4, without a checksum', 'git config index.skipHash true; git update-index --index-version 4'],
  ])(
    'an index that is %s: counted and tried as always, and nothing is left in the git directory',
    async (_, script) => {
      const repo = makeRepo('conflicting')
      repo.git('config', 'wt.default-branch', 'main')
      repo.commit('more', { files: { 'inside/x': '1\n2\n3\n4\n5\n', 'outside/y': '1\n' } })
      const path = repo.addWorktree('w', { from: 'main~2' })
      for (const dir of [repo.dir, path]) shell({ dir: dir as typeof path, env: repo.env }, script)
      shell(repo, 'git mv inside/x inside/z; mv inside/z inside/w; echo 6 >> inside/w')
      shell(
        { dir: path, env: repo.env },
        'echo mine > feature.txt; git add --sparse feature.txt; echo more >> a.txt; mkdir u; mv b.txt u/b',
      )
      const before = fingerprintOf(repo.base)
      const listed = await listJson(repo)
      expect(listed.err).not.toContain('▲')
      expect(fingerprintOf(repo.base)).toEqual(before)
      expect(itemOf(listed, 'main').worktree?.changes?.diff).toEqual({ added: 1, deleted: 0 })
      expect(itemOf(listed, 'w').worktree?.changes?.diff).toEqual(countedByGit(repo, path))
      expect(itemOf(listed, 'w').default_branch?.merge_conflicts).toBe(true)
    },
  )

  test('a mode change alone is a change without lines', async () => {
    const repo = makeRepo('ahead')
    chmodSync(join(repo.dir, 'a.txt'), 0o755)
    expect(itemOf(await listJson(repo), 'main').worktree?.changes).toMatchObject({
      modified: true,
      diff: { added: 0, deleted: 0 },
    })
  })
})
