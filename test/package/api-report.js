// The API as its declarations have it, an entry a page, in docs/api-report: a change of the API is a
// change of these pages. `--write` writes them; without it the pages must be up to date.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isWriting = process.argv.includes('--write')
const packageJsonFullPath = join(root, 'package.json')
const { exports } = JSON.parse(readFileSync(packageJsonFullPath, 'utf8'))
const temporary = mkdtempSync(join(tmpdir(), 'imagepuller-auth-api-'))

for (const { types } of Object.values(exports)) {
  if (types === undefined) continue
  const entry = join(root, types)
  if (!existsSync(entry)) throw new Error(`${types} isn't there: run npm run build first`)
  const name = /([^/]+)\.d\.ts$/.exec(types)?.[1]
  const { succeeded, apiReportChanged } = Extractor.invoke(configOf(name, entry), {
    localBuild: isWriting,
    messageCallback: (message) => {
      // Not the progress, and not that a page is outdated, which is told below.
      if (message.messageId.startsWith('console-')) message.logLevel = 'none'
    },
  })
  if (!succeeded && !apiReportChanged) process.exitCode = 1
  if (apiReportChanged && !isWriting) {
    console.error(`docs/api-report/${name}.api.md is out of date: npm run api writes it`)
    process.exitCode = 1
  }
}
rmSync(temporary, { recursive: true })

function configOf(name, mainEntryPointFilePath) {
  const silent = { logLevel: 'none' }
  const config = ExtractorConfig.prepare({
    packageJsonFullPath,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath,
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(root, 'docs/api-report'),
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'error' },
          'ae-missing-release-tag': silent,
          'ae-unresolved-link': silent,
        },
        compilerMessageReporting: { default: { logLevel: 'error' } },
        tsdocMessageReporting: { default: silent },
      },
    },
  })
  return config
}
