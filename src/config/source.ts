// A document's text beside what smol-toml made of it: where its keys stand, and what of it only
// TOML 1.1 has. It is skimmed when something is asked for the first time, which most never are.
import type { DocumentPlace } from '../findings.js'
import { describeNewToml, mayHaveNewToml, type NewToml } from './new-toml.js'
import { type Places, placesIn, type Spot } from './places.js'
import type { Remark } from './remarks.js'
import { type Skimmed, skim } from './skimmer.js'
import { readQuotedKey } from './toml.js'

export interface Source {
  /** Whether the text may have something that only TOML 1.1 has, at a glance. */
  readonly mayHaveNewToml: boolean
  /** What of it Contrast's puller refuses. */
  newToml(): readonly NewToml[]
  /** The place of a path's last key, or of the nearest table above it that is there. */
  placeOf(path: readonly string[], spot: Spot): DocumentPlace
  /** The place of a path's last key; undefined if the document doesn't have it. */
  exactPlaceOf(path: readonly string[]): DocumentPlace | undefined
  /** The comments that speak to this library. */
  remarks(): readonly Remark[]
}

/** @param toml - A valid TOML document, without the byte order mark that it may have had. */
export function sourceOf(toml: string, hasMark: boolean): Source {
  let skimmed: Skimmed | undefined
  let places: Places | undefined
  const skimOnce = () => {
    skimmed ??= skim(toml, readQuotedKey)
    return skimmed
  }
  const placesOnce = () => {
    places ??= placesIn(toml, skimOnce().root)
    return places
  }
  return {
    mayHaveNewToml: hasMark || mayHaveNewToml(toml),
    newToml: () => describeNewToml(skimOnce().novelties, hasMark),
    placeOf: (path, spot) => placesOnce().placeOf(path, spot),
    exactPlaceOf: (path) => placesOnce().exactPlaceOf(path),
    remarks: () => skimOnce().remarks,
  }
}
