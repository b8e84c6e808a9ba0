// The images that a command is asked about: from its operands, from lists and from manifests.

import { decodeUtf8 } from '../../text/index.js'
import type { OptionValues } from '../description.js'
import { Failure, Misuse } from '../failure.js'
import type { Io } from '../io.js'
import type { ListedImage } from './listed-image.js'
import { imagesOfManifests } from './manifests.js'
import { nameOf } from './name.js'

/** The options of every command that takes many images. */
export const IMAGE_OPTIONS = {
  images: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    help: 'Images from a list, one a line; # begins a comment.',
  },
  manifests: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    help: 'All images of Kubernetes manifests, of a compose file or of a rendered chart.',
  },
} as const

/** What a command is asked about. */
export interface ImageList {
  readonly images: readonly ListedImage[]
  /** Lines that say what of the manifests had to be left out, and where that stands. */
  readonly unread: readonly string[]
}

/**
 * All images in the order of the command line: operands, lists, manifests. At least one, or a `Failure`.
 * What of the manifests can't be read is said on standard error.
 */
export async function readImages(
  operands: readonly string[],
  options: OptionValues<typeof IMAGE_OPTIONS>,
  io: Io,
): Promise<ImageList> {
  const files = [...options.images, ...options.manifests]
  if (operands.length === 0 && files.length === 0) {
    throw new Misuse('expected an IMAGE, --images FILE or --manifests FILE')
  }
  const images: ListedImage[] = operands.map((text) => ({ text, place: undefined }))
  for (const file of options.images) images.push(...imagesOfList(await readText(file, io), file))
  const unread: string[] = []
  for (const file of options.manifests) {
    const found = await imagesOfManifests(await readText(file, io), file)
    images.push(...found.images)
    unread.push(...found.faults)
  }
  if (images.length === 0) {
    const none = `${files.map(nameOf).join(', ')}: holds no image`
    throw new Failure(unread.length > 0 ? unread.join('\n') : none)
  }
  for (const line of unread) io.complain(line)
  return { images, unread }
}

async function readText(file: string, io: Io): Promise<string> {
  const text = decodeUtf8(await io.read(file))
  if (text === undefined)
    throw new Failure(`${nameOf(file)}: expected UTF-8; save the file as that`)
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function imagesOfList(text: string, file: string): ListedImage[] {
  const images: ListedImage[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const image = withoutComment(line).trim()
    if (image === '') continue
    images.push({ text: image, place: { file, line: i + 1, column: undefined } })
  }
  return images
}

/** No reference has a `#`, so that a comment needs no blank before it. */
function withoutComment(line: string): string {
  const hash = line.indexOf('#')
  return hash < 0 ? line : line.slice(0, hash)
}
