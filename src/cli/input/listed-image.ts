// An image that a command is asked about.

/** Where an image stands in a file. */
export interface ListedPlace {
  /** The file as it was given. */
  readonly file: string
  /** The line, from 1. */
  readonly line: number
  /** The column, from 1; undefined where the line is all of it. */
  readonly column: number | undefined
}

/** An image reference, and where it stands if that is a file. */
export interface ListedImage {
  readonly text: string
  readonly place: ListedPlace | undefined
}
