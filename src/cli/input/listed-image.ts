// An image by its name and its place.
/** An image reference, and where it stands if that is a file. */
export interface ListedImage {
  readonly text: string
  readonly place: string | undefined
}
