// The images of Kubernetes manifests, compose files and rendered charts.

import type { LineCounter, Node, Pair } from 'yaml'
import type { ListedImage } from './images.js'
import { readYaml } from './yaml.js'

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

/**
 * Every text that a member `image` has, of containers as of custom resources, and the `reference` of
 * an image volume; each once, where it stands first.
 */
export async function imagesOfManifests(text: string, file: string): Promise<ListedImage[]> {
  const { documents, lines } = await readYaml(text, file)
  const { isAlias, isMap, isPair, isScalar, isSeq } = await import('yaml')
  const images = new Map<string, ListedImage>()

  function visit(node: unknown): void {
    if (isMap(node)) for (const pair of node.items) visitPair(pair)
    else if (isSeq(node)) for (const item of node.items) visit(item)
    else if (isPair(node)) visitPair(node)
  }

  function visitPair({ key, value }: Pair): void {
    const name = isScalar(key) ? key.value : undefined
    if (typeof name === 'string' && FOREIGN.has(name)) return
    if (name === 'image') add(isMap(value) ? value.get('reference', true) : value)
    visit(value)
  }

  function add(value: unknown): void {
    // An anchor's text is found at its own place as well; an alias alone says that it is an image.
    const node = isAlias(value) ? value.resolve(current) : value
    if (!isScalar(node) || typeof node.value !== 'string' || node.value === '') return
    if (images.has(node.value)) return
    images.set(node.value, { text: node.value, place: `${file}:${placeOf(node, lines)}` })
  }

  let current = documents[0]
  for (const document of documents) {
    current = document
    visit(document.contents)
  }
  return [...images.values()]
}

function placeOf({ range }: Node, lines: LineCounter): string {
  const { line, col } = lines.linePos(range?.[0] ?? 0)
  return `${line}:${col}`
}
