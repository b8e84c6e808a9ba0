// The runtime, where its clients would make something else of a decision. Node is the rest.

/** Whether the program runs on this runtime, each of which has a global of its name. */
export function isRuntime(name: 'Bun' | 'Deno'): boolean {
  return Object.hasOwn(globalThis, name)
}
