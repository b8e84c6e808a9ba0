#!/usr/bin/env node
// The command: the process's arguments and streams go in, its exit status comes out.

import { main } from './main.js'

process.exitCode = await main(process.argv.slice(2), process)
