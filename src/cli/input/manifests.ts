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
  const search = new ImageSearch(await import('yaml'), file, lines)
  for (const { contents } of documents) search.visitDocument(contents)
  const faults = [
    ...broken.map(describeFault),
    ...search.templates.map((at) => `${at}: ${TEMPLATE}`),
  ]
  return { images: [...search.images.values()], faults }
}

/** The images that are found in the documents of a file. */
class ImageSearch {
  readonly images = new Map<string, ListedImage>()
  /** Where images are that nothing has filled in. */
  readonly templates: string[] = []
  readonly #yaml: typeof import('yaml')
  readonly #file: string
  readonly #lines: LineCounter
  /** Scalars by their anchors: asking the parser for each alias would cost the whole document each time. */
  #anchors = new Map<string, Scalar>()

  constructor(yaml: typeof import('yaml'), file: string, lines: LineCounter) {
    this.#yaml = yaml
    this.#file = file
    this.#lines = lines
  }

  visitDocument(contents: unknown): void {
    this.#anchors = new Map()
    this.#visit(contents)
  }

  #visit(node: unknown): void {
    const { isMap, isScalar, isSeq } = this.#yaml
    if (isMap(node)) for (const pair of node.items) this.#visitPair(pair)
    else if (isSeq(node)) for (const item of node.items) this.#visit(item)
    else if (isScalar(node) && node.anchor !== undefined) this.#anchors.set(node.anchor, node)
  }

  #visitPair({ key, value }: Pair): void {
    const { isMap, isScalar } = this.#yaml
    const name = isScalar(key) ? key.value : undefined
    if (typeof name === 'string' && FOREIGN.has(name)) return
    this.#visit(value)
    if (name !== 'image') return
    if (this.#isTemplate(value)) {
      const { file, line, column } = this.#placeOf(value)
      this.templates.push(`${nameOf(file)}:${line}:${column}`)
    } else this.#add(isMap(value) ? value.get('reference', true) : value)
  }

  /** To YAML, `{{ .Values.image }}` without quotes is a table whose key is a table. */
  #isTemplate(value: unknown): value is YAMLMap {
    const { isMap } = this.#yaml
    return isMap(value) && value.items.some(({ key }) => isMap(key))
  }

  #add(value: unknown): void {
    const { isAlias, isScalar } = this.#yaml
    const node = isAlias(value) ? this.#anchors.get(value.source) : value
    if (!isScalar(node) || typeof node.value !== 'string' || node.value === '') return
    if (this.images.has(node.value)) return
    this.images.set(node.value, { text: node.value, place: this.#placeOf(node) })
  }

  #placeOf({ range }: Scalar | YAMLMap): ListedPlace {
    // What was parsed has a range; only what a program makes has none.
    const { line, col: column } = this.#lines.linePos((range as Range)[0])
    return { file: this.#file, line, column }
  }
}

const TEMPLATE =
  'the image is a template that nothing has filled in, and is left out; render the chart first, as `helm template` does'

function describeFault({ at, message, from, to }: BrokenDocument): string {
  const lines = from === to ? `on line ${from}` : `on the lines ${from} to ${to}`
  return `${at}: ${message}; the images of the document ${lines} are left out`
}
