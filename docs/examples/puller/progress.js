import cliProgress from 'cli-progress'

const FORMAT = '{name} {bar} {percentage}% of {total} bytes'

/**
 * A bar for each blob, on a terminal; elsewhere nothing, so that a log stays readable.
 *
 * @returns {{ start(blob: import('./manifest.js').Descriptor): (bytes: number) => void, stop(): void }}
 */
export function startProgress() {
  if (!process.stdout.isTTY) return { start: () => () => {}, stop: () => {} }
  const options = { format: FORMAT, stream: process.stdout, hideCursor: true }
  const bars = new cliProgress.MultiBar(options, cliProgress.Presets.shades_classic)
  return {
    start: ({ digest, size }) => {
      const bar = bars.create(size, 0, { name: digest.slice(7, 19) })
      return (bytes) => bar.increment(bytes)
    },
    stop: () => bars.stop(),
  }
}
