// What Contrast's puller does otherwise with a configuration and images, told apart: what is about the
// document, and what is about each image.

import type { Finding } from 'imagepuller-auth'
import { lintConfig, withoutIgnored } from 'imagepuller-auth/lint'
import { comparePuller, type PullerFinding } from 'imagepuller-auth/puller'
import { type LoadedConfiguration, placeOf } from './input/index.js'
import type { Io } from './io.js'
import { renderFinding } from './render/index.js'

/** What Contrast's puller does otherwise. */
export interface PullerView {
  /** What is about the document as a whole. */
  readonly document: readonly PullerFinding[]
  /** What is about an image. */
  of(image: string): readonly PullerFinding[]
}

/**
 * Asks once for all images, so that the document is read but once.
 *
 * @param images - Image references, each of which could be read.
 * @param release - The release of Contrast's puller.
 */
export function viewOfPuller(
  document: string | Uint8Array,
  images: readonly string[],
  release: string,
): PullerView {
  const general: PullerFinding[] = []
  const byImage = new Map<string, PullerFinding[]>()
  for (const finding of comparePuller(document, [...new Set(images)], { version: release })) {
    if (finding.place?.kind !== 'image') {
      general.push(finding)
      continue
    }
    const { image } = finding.place
    const findings = byImage.get(image) ?? []
    findings.push(finding)
    byImage.set(image, findings)
  }
  return { document: withoutIgnored(document, general), of: (image) => byImage.get(image) ?? [] }
}

/** Says on standard error, and gives, what the puller does otherwise, where there are no images to ask about. */
export function complainOfPuller(
  configuration: Pick<LoadedConfiguration, 'file' | 'within' | 'document'>,
  version: string,
  io: Io,
): readonly Finding[] {
  const findings = lintConfig(configuration.document, { version }).filter(isAboutPuller)
  complainOfDocument(findings, configuration, io)
  return findings
}

/** Says on standard error what is about the document as a whole: once, whatever images are asked about. */
export function complainOfDocument(
  findings: readonly Finding[],
  { file, within }: Pick<LoadedConfiguration, 'file' | 'within'>,
  io: Io,
): void {
  for (const finding of findings) {
    io.complain(renderFinding(placeOf({ file, within, finding }), finding, io.errorLook))
  }
}

/** What the configuration's own findings say has been shown. */
function isAboutPuller({ code }: Finding): boolean {
  return code.startsWith('puller-') && code !== 'puller-refuses-toml'
}
