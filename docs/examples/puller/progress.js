import cliProgress from 'cli-progress'

const OPTIONS = { format: '{name} {bar} {percentage}% of {total} bytes', hideCursor: true }

/**
 * A bar for each blob, on a terminal; elsewhere nothing, so that a log stays readable.
 *
 * @returns {{ start(blob: import('./manifest.js').Descriptor): (bytes: number) => void, stop(): void }}
 */
export function startProgress() {
  if (!process.stderr.isTTY) return { start: () => () => {}, stop: () => {} }
  const bars = new cliProgress.MultiBar(OPTIONS, cliProgress.Presets.shades_classic)
  return {
    start: ({ digest, size }) => {
      const bar = bars.create(size, 0, { name: digest.slice(7, 19) })
      return (bytes) => bar.increment(bytes)
    },
    stop: () => bars.stop(),
  }
}
