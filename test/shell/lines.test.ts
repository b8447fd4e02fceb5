import { describe, expect, test } from 'vitest'
import { integratedName, integrationLine, withoutManagedLines } from '../../src/shell/install/lines.ts'

describe('lines that are ours', () => {
  test.each(['bash', 'zsh', 'powershell'] as const)('the one that is written: %s', (shell) => {
    for (const name of ['wt', 'git-wt', 'my_wt2'])
      expect(integratedName(integrationLine(shell, name), shell)).toBe(name)
  })

  test.each([
    ['eval "$(wt config shell init bash)"', 'wt'],
    ['  eval "$(command wt config shell init bash)"  ', 'wt'],
    ['source <(git-wt config shell init bash)', 'git-wt'],
    ['. <(command wt config shell init bash)', 'wt'],
    ['command -v wt >/dev/null && eval "$(wt config shell init bash)"', undefined],
    ['command -v wt >/dev/null 2>&1 && eval "$(wt config shell init bash)"', 'wt'],
    ['command -v wt &>/dev/null && eval "$(wt config shell init bash)"', 'wt'],
    ['eval "$(~/bin/wt config shell init bash)"', 'wt'],
    ['eval "$("$HOME/bin/wt" config shell init bash)"', 'wt'],
    ['eval "$(wt config shell init bash --cmd gw)"', 'gw'],
    ['eval "$(wt config shell init bash --cmd=gw)"', 'gw'],
    ['if command -v wt >/dev/null 2>&1; then eval "$(command wt config shell init bash)"; fi\r', 'wt'],
    // What only speaks of it stays the user's.
    ['# eval "$(wt config shell init bash)"', undefined],
    ['echo \'eval "$(wt config shell init bash)"\'', undefined],
    ['alias wi="wt config shell init bash"', undefined],
    ['eval "$(wt config shell init bash)" # mine', undefined],
    ['eval "$(wt config shell init bash)"; export A=1', undefined],
    ['export A=1; eval "$(wt config shell init bash)"', undefined],
    ['eval "$(wt config shell init zsh)"', undefined],
    ['wt config shell init bash', undefined],
    ['eval "$(wt config shell init bash | sed s/a/b/)"', undefined],
    ['eval "$(rm -rf / ; wt config shell init bash)"', undefined],
  ])('bash: %j', (line, name) => {
    expect(integratedName(line, 'bash')).toBe(name)
  })

  test.each([
    ['Invoke-Expression (& wt config shell init powershell | Out-String)', 'wt'],
    ['iex ((wt config shell init powershell | Out-String))', 'wt'],
    ['wt config shell init powershell | Out-String | Invoke-Expression', 'wt'],
    ['# wt config shell init powershell | Out-String | Invoke-Expression', undefined],
  ])('powershell: %j', (line, name) => {
    expect(integratedName(line, 'powershell')).toBe(name)
  })

  test('taking them out leaves every other byte', () => {
    const line = integrationLine('bash', 'wt')
    const text = `# mine\r\n${line}\nalias ll=ls\n\n# ${line}\n${line}`
    expect(withoutManagedLines(text, 'bash')).toBe(`# mine\r\nalias ll=ls\n\n# ${line}\n`)
  })
})
