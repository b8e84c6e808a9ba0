export function isRuntime(name: 'Bun' | 'Deno'): boolean {
  return Object.hasOwn(globalThis, name)
}
