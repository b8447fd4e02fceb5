import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Takes the scripts of the shells in as text, as the build does. */
const scriptsAsText = {
  name: 'scripts-as-text',
  transform: (text: string, id: string) =>
    /\/src\/shell\/.*\.(?:sh|bash|zsh|fish|nu|ps1)$/.test(id) ? `export default ${JSON.stringify(text)}` : undefined,
}

export default defineConfig({
  plugins: [scriptsAsText],
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    disableConsoleIntercept: true,
    globalSetup: ['test/support/global.ts'],
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
