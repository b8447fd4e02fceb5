/**
 * Keeps chalk from looking at the terminal when it is loaded: `wt` decides by itself whether a stream takes colours and
 * always says so. The look costs two modules of Node's at every start.
 */
export const noColourProbe = {
  name: 'no-colour-probe',
  setup(build) {
    build.onLoad({ filter: /chalk[\\/]source[\\/]vendor[\\/]supports-color[\\/]index\.js$/ }, () => ({
      contents: 'export default { stdout: false, stderr: false }',
      loader: 'js',
    }))
  },
}
