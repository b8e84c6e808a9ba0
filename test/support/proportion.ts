import { expect } from 'vitest'

const ATTEMPTS = 5
/** In milliseconds: what nothing of at most 1 MiB may take. */
const LONGEST = 3000

/**
 * A guard, no measurement: `npm run bench` has these. Twice as much may take 2.5 times as long, thus
 * eight times as much 15.6 times. It takes eight times as long if all is well, and 64 times if
 * something is quadratic. A busy moment of the machine is over at another attempt.
 *
 * @param run - What takes time.
 * @param small - Some input.
 * @param large - Eight times as much.
 */
export function expectProportion<Input>(
  run: (input: Input) => void,
  small: Input,
  large: Input,
): void {
  let time = 0
  let most = 0
  for (let attempt = 0; attempt < ATTEMPTS && time >= most; attempt++) {
    time = best(() => run(large))
    most = Math.min(2.5 ** 3 * best(() => run(small)) + 100, LONGEST)
  }
  expect(time).toBeLessThan(most)
}

/** The shortest of a few times, in milliseconds: whatever else the machine does only adds to them. */
function best(run: () => void): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return Math.min(...times)
}
