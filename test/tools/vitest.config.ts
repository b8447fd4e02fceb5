import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Scripts of shells are text, as in the build. */
const scriptsAsText = {
  name: 'scripts-as-text',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    /\.(?:bash|zsh|fish|sh)$/.test(id) ? { code: `export default ${JSON.stringify(code)}`, map: null } : undefined,
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
