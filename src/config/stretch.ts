// A stretch of the document, by offsets.
export interface Stretch {
  readonly start: number
  readonly end: number
}
