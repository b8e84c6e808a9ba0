// The value of ca-certs: its certificates, the blocks that are none, and why there may be no certificate
// at all.
import { type CaBundle, readCaBundle, type SkippedBlock } from '../certificates/index.js'
import type { RegistryKeys } from './config.js'
import { describeNoCertificate, whyNoCertificate } from './no-certificate.js'
import type { Path } from './path.js'
import { hasPlaceholder, warnAboutPlaceholder } from './placeholder.js'
import type { Report } from './report.js'

/** Reads bundles, the same text once. */
export function bundleReader(): (text: string) => CaBundle {
  const bundles = new Map<string, CaBundle>()
  return (text) => {
    const bundle = bundles.get(text) ?? readBundle(text)
    bundles.set(text, bundle)
    return bundle
  }
}

function readBundle(text: string): CaBundle {
  const { certificates, skipped, broken } = readCaBundle(text)
  const all = [...skipped, ...broken].sort((a, b) => a.block - b.block)
  return Object.freeze({ certificates, skipped: Object.freeze(all) })
}

/** Reports what is wrong with a bundle, whose text this is. */
export function checkBundle(
  bundle: CaBundle,
  text: string,
  { insecureSkipVerify }: RegistryKeys,
  rulePath: Path,
  report: Report,
): void {
  const path = [...rulePath, 'ca-certs']
  const broken = bundle.skipped.filter((block) => !isLeftOut(block))
  // Looked for once: a megabyte of broken blocks has tens of thousands of them.
  const help = brokenHelp(text)
  for (const { message, line } of broken) {
    const said = `has a broken certificate: ${message}`
    report.brokenCertificate(path, said, help, { kind: 'line', line })
  }
  if (insecureSkipVerify) {
    const message = 'counts for nothing, since insecure-skip-verify is set and wins'
    report.warn('ca-certs-ignored', path, message, 'leave out one of the two keys')
    return
  }
  if (bundle.certificates.length === 0) reportNoCertificate(bundle, text, path, report)
  else reportLeftOut(bundle.skipped.filter(isLeftOut), path, report)
}

/** Left out by Go on purpose, and not because something is broken. */
function isLeftOut({ code }: SkippedBlock): boolean {
  return code === 'other-label' || code === 'headers'
}

function brokenHelp(text: string): string {
  if (text.includes('\\n')) {
    return "write line ends as such, between ''': in single quotes \\n stays two characters"
  }
  return 'write the block as its issuer gave it, or leave it out as a whole'
}

function reportNoCertificate(bundle: CaBundle, text: string, path: Path, report: Report): void {
  if (hasPlaceholder(text)) {
    warnAboutPlaceholder(path, report)
    return
  }
  const why = whyNoCertificate(text, bundle.skipped)
  const { message, help } = describeNoCertificate(why)
  const spot = { kind: 'value' } as const
  if (help === undefined) report.info('deny-all', path, message, spot)
  else report.warn('no-certificates', path, message, help, spot)
}

function reportLeftOut(blocks: readonly SkippedBlock[], path: Path, report: Report): void {
  for (const { block, line, code, label, help } of blocks) {
    const what = code === 'headers' ? 'has header lines' : labelled(label)
    const message = `has a block, number ${block}, that ${what}, and so is no trust anchor: it is left out`
    report.warn('block-left-out', path, message, help, { kind: 'line', line })
  }
}

function labelled(label: string | undefined): string {
  return label === undefined
    ? 'has another label than CERTIFICATE'
    : `is labelled ${label}, not CERTIFICATE`
}
