// The commands by their names, in the order in which the help lists them. Each is loaded when it is asked for.

import type { Command } from '../command.js'

export const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['resolve', async () => (await import('./resolve.js')).resolve],
  ['explain', async () => (await import('./explain.js')).explain],
  ['lint', async () => (await import('./lint.js')).lint],
  ['audit', async () => (await import('./audit.js')).audit],
  ['diff', async () => (await import('./diff.js')).diff],
  ['check', async () => (await import('./check.js')).check],
  ['convert', async () => (await import('./convert.js')).convert],
  ['secret', async () => (await import('./secret.js')).secret],
  ['credentials', async () => (await import('./credentials.js')).credentials],
  ['challenge', async () => (await import('./challenge.js')).challenge],
])
