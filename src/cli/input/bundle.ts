// The files of --ca: PEM or DER, told from what is neither.

import { ConfigError, parseCaBundle } from 'imagepuller-auth'
import { encodeBase64 } from '../../text/index.js'
import { expectedError, Failure, Misuse } from '../failure.js'
import type { Io } from '../io.js'
import { locate, renderFinding } from '../render/index.js'
import { nameOf } from './name.js'

/** The option that names CA certificates, and the one that makes broken ones a warning. */
export const BUNDLE_OPTIONS = {
  ca: {
    type: 'string',
    value: 'REGISTRY=FILE',
    multiple: true,
    help: 'Trust only these certificates for a registry: PEM, or a single one in DER.',
  },
  'skip-broken-certificates': {
    type: 'boolean',
    help: 'Pass over certificates that can not be read, with a warning, as the image puller does.',
  },
} as const

/** The values of `--ca`, read. */
export interface Bundles {
  /** By registry: certificates as PEM, or the bytes of a file without any, for the library to refuse. */
  readonly ca: Readonly<Record<string, string | Uint8Array>>
  /** The file to which an issue with a registry's value is due. */
  readonly files: ReadonlyMap<string, string>
}

/** Reads the files; a broken certificate is a `Failure`, or a warning where it is passed over. */
export async function readBundles(
  values: readonly string[],
  brokenCertificates: 'error' | 'skip',
  io: Io,
): Promise<Bundles> {
  const pairs = values.map(splitPair)
  // Without a prototype, so that `__proto__` is a name like any other.
  const ca: Record<string, string | Uint8Array> = Object.create(null)
  const files = new Map<string, string>()
  for (const [registry, file] of pairs) {
    const bytes = await io.read(file)
    const pem = pemIn(bytes, brokenCertificates, file, io)
    const before = ca[registry] ?? ''
    if (typeof before !== 'string') continue
    ca[registry] = pem === '' ? bytes : `${before}${pem}`
    files.set(registry, file)
  }
  return { ca, files }
}

function splitPair(text: string): readonly [registry: string, file: string] {
  const equals = text.indexOf('=')
  const registry = text.slice(0, Math.max(0, equals))
  if (registry === '' || registry.startsWith('.') || !isDomain(registry)) {
    throw new Misuse('--ca REGISTRY=FILE: expected a domain name, without a port')
  }
  return [registry, text.slice(equals + 1)]
}

/** Letters, digits, `-` and `_` in labels between dots: what a rule can be for. */
function isDomain(name: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)*\.?$/.test(name) && !/^[\d.]+$/.test(name)
}

/** The file's certificates as PEM; none where it holds none. */
function pemIn(
  bytes: Uint8Array,
  brokenCertificates: 'error' | 'skip',
  file: string,
  io: Io,
): string {
  // DER begins with a SEQUENCE, whose tag is "0" in ASCII; a PEM text has its dashes somewhere.
  const isDer = bytes[0] === SEQUENCE && !Buffer.from(bytes).includes('-----BEGIN')
  try {
    const { certificates, skipped } = parseCaBundle(isDer ? pemOf(bytes) : withoutMark(bytes), {
      brokenCertificates,
    })
    for (const { line, message } of isDer ? [] : skipped) {
      const found = { severity: 'warning', code: 'certificate-skipped', message } as const
      io.complain(renderFinding(`${nameOf(file)}:${line}`, found, io.errorLook))
    }
    return certificates.map(({ pem }) => pem).join('')
  } catch (error) {
    const { issues } = expectedError(error, ConfigError)
    // The library says what DER is that holds no certificate.
    if (isDer) return ''
    const lines = issues.map((issue) => {
      return renderFinding(locate(nameOf(file), issue.place), issue, io.errorLook)
    })
    throw new Failure(lines.join('\n'))
  }
}

/** A byte order mark, as editors on Windows write it, would keep the first BEGIN from starting its line. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return MARK.every((byte, i) => bytes[i] === byte) ? bytes.subarray(MARK.length) : bytes
}

const MARK = [0xef, 0xbb, 0xbf]

const SEQUENCE = 0x30

function pemOf(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${encodeBase64(der)}\n-----END CERTIFICATE-----\n`
}
