import { expect } from 'vitest'

const ATTEMPTS = 5
/** Twice as much may take 2.5 times as long, thus eight times as much 15.6 times. */
const GROWTH = 2.5 ** 3
/** Added to what is compared, in milliseconds: times below it are the machine's own noise. */
const NOISE = 100

/**
 * A guard, no measurement: `npm run bench` has these. Eight times as much takes eight times as long
 * if all is well, and 64 times if something is quadratic. A busy moment of the machine is over at
 * another attempt, and only the shortest times count.
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
  let [shorter, longer] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const most = () => GROWTH * shorter + NOISE
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    longer = Math.min(
      longer,
      timeOf(() => run(large)),
    )
    // The small input costs little, so that its shortest time is known at once.
    for (let i = 0; i < 3; i++)
      shorter = Math.min(
        shorter,
        timeOf(() => run(small)),
      )
    if (longer < most()) return
  }
  expect(longer).toBeLessThan(most())
}

/**
 * What it takes, in milliseconds: of the clock or of the processor, whichever is less. Other processes
 * make the clock run on, and threads that collect garbage add to the processor's time.
 */
function timeOf(run: () => void): number {
  const [start, used] = [performance.now(), process.cpuUsage()]
  run()
  const passed = performance.now() - start
  const { user, system } = process.cpuUsage(used)
  return Math.min(passed, (user + system) / 1000)
}
