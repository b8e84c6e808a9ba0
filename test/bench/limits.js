import { parseConfig, parseImageReference } from 'imagepuller-auth'
import { lintConfig } from 'imagepuller-auth/lint'
import { ratio, show } from './measure.js'

const MIB = 1024 * 1024
const fill = (unit, size) => unit.repeat(Math.floor(size / unit.length))
const numbered = (make, size) => {
  let text = ''
  for (let i = 0; text.length < size; i++) text += make(i)
  return text
}
const rules = (size) => numbered((i) => `[registries."r${i}.corp."]\nauth="dTpw"\n`, size)
const bundle = (unit, size) => `[registries.a]\nca-certs = '''\n${fill(unit, size)}'''`

/** What somebody may send to keep a program busy. */
const HOSTILE = {
  'BEGIN spam': (size) => bundle('-----BEGIN CERTIFICATE-----\n', size),
  tables: (size) => numbered((i) => `[a${i}]\n`, size),
  'dotted keys': (size) => `${fill('a.', size)}a = 1`,
  'wrong keys': (size) => `[registries.a]\n${numbered((i) => `k${i} = 1\n`, size)}`,
  'one string': (size) => `x = "${fill('a', size)}"`,
}

export function benchLimits() {
  for (const [name, run] of Object.entries({ parseConfig, lintConfig })) {
    report(`${name}, 1 MiB of rules`, run, rules(MIB / 2), rules(MIB - 256))
  }
  for (const [name, make] of Object.entries(HOSTILE)) {
    report(`parseConfig, 1 MiB of ${name}`, parseConfig, make(MIB / 2), make(MIB - 256))
  }
  report('parseImageReference, 4 kB', parseImageReference, fill('a.', 2048), fill('a.', 4096))
}

function report(name, run, half, whole) {
  const us = best(run, whole)
  show(name, us, `${ratio(us, best(run, half))} times half of it`)
}

function best(run, text) {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const start = process.hrtime.bigint()
    try {
      run(text)
    } catch {
      // That it is refused is what is measured.
    }
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1000)
  }
  return least
}
