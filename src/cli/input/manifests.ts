// The images of Kubernetes manifests, compose files and rendered charts.

import type { LineCounter, Pair, Range, Scalar, YAMLMap } from 'yaml'
import type { ListedImage, ListedPlace } from './listed-image.js'
import { nameOf } from './name.js'
import { type BrokenDocument, readYaml } from './yaml.js'

/**
 * Members whose content is no part of what runs: the cluster's own report, free data, a disk image of
 * Ceph, the schema of a custom resource.
 */
const FOREIGN: ReadonlySet<string> = new Set([
  'status',
  'metadata',
  'data',
  'stringData',
  'binaryData',
  'rbd',
  'openAPIV3Schema',
])

/** The images of a file. */
export interface Manifests {
  readonly images: readonly ListedImage[]
  /** Lines that say what could not be read, and where. */
  readonly faults: readonly string[]
}

/**
 * Every text that a member `image` has, of containers as of custom resources, and the `reference` of
 * an image volume; each once, where it stands first. A document that isn't YAML is a fault, and so is
 * an image that is a template still: the other images are given all the same.
 */
export async function imagesOfManifests(text: string, file: string): Promise<Manifests> {
  const name = nameOf(file)
  const { documents, broken, lines } = await readYaml(text, name)
  const faults = broken.map(describeFault)
  const { isAlias, isMap, isScalar, isSeq } = await import('yaml')
  const images = new Map<string, ListedImage>()
  /** Scalars by their anchors: asking the parser for each alias would cost the whole document each time. */
  let anchors = new Map<string, Scalar>()

  function visit(node: unknown): void {
    if (isMap(node)) for (const pair of node.items) visitPair(pair)
    else if (isSeq(node)) for (const item of node.items) visit(item)
    else if (isScalar(node) && node.anchor !== undefined) anchors.set(node.anchor, node)
  }

  function visitPair({ key, value }: Pair): void {
    const name = isScalar(key) ? key.value : undefined
    if (typeof name === 'string' && FOREIGN.has(name)) return
    visit(value)
    if (name !== 'image') return
    if (isTemplate(value)) addTemplate(value)
    else add(isMap(value) ? value.get('reference', true) : value)
  }

  /** To YAML, `{{ .Values.image }}` without quotes is a table whose key is a table. */
  function isTemplate(value: unknown): value is YAMLMap {
    return isMap(value) && value.items.some(({ key }) => isMap(key))
  }

  function addTemplate({ range }: YAMLMap): void {
    const { line, col } = lines.linePos((range as Range)[0])
    faults.push(`${name}:${line}:${col}: ${TEMPLATE}`)
  }

  function add(value: unknown): void {
    const node = isAlias(value) ? anchors.get(value.source) : value
    if (!isScalar(node) || typeof node.value !== 'string' || node.value === '') return
    if (images.has(node.value)) return
    images.set(node.value, { text: node.value, place: placeOf(node, file, lines) })
  }

  for (const { contents } of documents) {
    anchors = new Map()
    visit(contents)
  }
  return { images: [...images.values()], faults }
}

const TEMPLATE =
  'the image is a template that nothing has filled in, and is left out; render the chart first, as `helm template` does'

function describeFault({ at, message, from, to }: BrokenDocument): string {
  const lines = from === to ? `on line ${from}` : `on the lines ${from} to ${to}`
  return `${at}: ${message}; the images of the document ${lines} are left out`
}

function placeOf({ range }: Scalar, file: string, lines: LineCounter): ListedPlace {
  // What was parsed has a range; only what a program makes has none.
  const { line, col: column } = lines.linePos((range as Range)[0])
  return { file, line, column }
}
