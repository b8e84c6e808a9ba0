import { withoutTrailingDot } from '../net/index.js'

export function wrapMethod(
  target: object,
  name: string,
  change: (options: object) => object,
): void {
  const method: unknown = Reflect.get(target, name)
  if (typeof method !== 'function') throw new TypeError(`expected a class with the method ${name}`)
  const value = (options: object, ...others: unknown[]): unknown =>
    Reflect.apply(method, target, [change(options), ...others])
  Object.defineProperty(target, name, { value })
}

export function ownValue(options: object, name: string): unknown {
  return Object.hasOwn(options, name) ? Reflect.get(options, name) : undefined
}

/** A name among the options, as it is sent: without a trailing dot. */
export function nameIn(options: object, name: string): unknown {
  const value = ownValue(options, name)
  return typeof value === 'string' ? withoutTrailingDot(value) : value
}
