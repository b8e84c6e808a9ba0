// An image's resolution, or a line that says what is wrong with the image.

import { ImageReferenceError, type Resolution, type Resolver } from 'imagepuller-auth'
import { expectedError, Failure } from './failure.js'
import { type ListedImage, nameOf } from './input/index.js'
import type { Io } from './io.js'
import { renderFinding, withoutSecrets } from './render/index.js'

/** The resolution, or undefined after it was said what is wrong with the image. */
export function resolveImage(
  resolver: Resolver,
  image: ListedImage,
  io: Io,
): Resolution | undefined {
  try {
    return resolver.resolve(image.text)
  } catch (error) {
    io.complain(imageLine(expectedError(error, ImageReferenceError), image, io))
    return undefined
  }
}

/** What there is to know about the one image of a command. Throws a `Failure` where it can't be read. */
export function aboutImage<Answer>(text: string, ask: (image: string) => Answer, io: Io): Answer {
  try {
    return ask(text)
  } catch (error) {
    const refused = expectedError(error, ImageReferenceError)
    throw new Failure(imageLine(refused, { text, place: undefined }, io))
  }
}

/** Which of many images is meant is shown, without its user info. */
export function imageLine(
  error: ImageReferenceError,
  { text, place }: ListedImage,
  io: Io,
): string {
  const shown = withoutSecrets(text)
  const { message } = error
  const at = placeText(place) ?? `"${shown}"`
  const said = place === undefined ? message : `${message} (in "${shown}")`
  const found = { severity: 'error', code: error.issue.code, message: said } as const
  return renderFinding(at, found, io.errorLook)
}

/** A place as messages have it. */
function placeText(place: ListedImage['place']): string | undefined {
  if (place === undefined) return undefined
  const line = `${nameOf(place.file)}:${place.line}`
  return place.column === undefined ? line : `${line}:${place.column}`
}
