// Ratios, side by side in one run; the absolute times are this machine's.
import { readFileSync } from 'node:fs'
import { benchCertificates } from './certificates.js'
import { benchChallenges } from './challenges.js'
import { benchFetch } from './fetch.js'
import { benchImport } from './import.js'
import { benchLimits } from './limits.js'
import { benchParse } from './parse.js'
import { benchProxy } from './proxy.js'
import { benchReferences } from './references.js'
import { benchResolve } from './resolve.js'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
console.log(`imagepuller-auth ${version}, ${process.release.name} ${process.versions.node}\n`)

benchImport()
benchParse()
benchReferences()
benchResolve()
benchCertificates()
benchChallenges()
benchProxy()
benchLimits()
await benchFetch()
