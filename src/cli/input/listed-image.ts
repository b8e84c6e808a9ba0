// An image that a command is asked about.

/** An image reference, and where it stands if that is a file. */
export interface ListedImage {
  readonly text: string
  readonly place: string | undefined
}
