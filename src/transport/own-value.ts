// Own properties alone: a polluted Object.prototype must not give a route the trust that it lacks.

/** The value's own property; undefined where it has none of this name, or is no object. */
export function ownValue(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null
  return isObject && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
