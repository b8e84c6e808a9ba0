// Which members of a JSON object a program sees: serde and encoding/json differ in names and null.
import { nullish, string } from 'valibot'
import { lazy } from '../lazy.js'
import { isOf } from '../options.js'

/** What a program takes for the members of an object, in the order of the document. */
export type Members = readonly (readonly [written: string, value: unknown])[]

/**
 * Reads the members of one name; undefined for what the program doesn't take for an object.
 *
 * @param value - What the object should be.
 * @param name - The member's name.
 * @param names - All names that the program reads there, in the order of its structure.
 */
export type ReadMembers = (
  value: unknown,
  name: string,
  names: readonly string[],
) => Members | undefined

/** serde: exact names; a struct may also come as an array of all its fields, in their order. */
export const exactMembers: ReadMembers = (value, name, names) => {
  if (Array.isArray(value)) {
    const index = names.indexOf(name)
    return value.length !== names.length ? undefined : index < 0 ? [] : [[name, value[index]]]
  }
  if (!isObject(value)) return undefined
  return Object.hasOwn(value, name) ? [[name, value[name]]] : []
}

/** encoding/json: names in any case, each taken in turn; null stands for an object without any. */
export const foldedMembers: ReadMembers = (value, name) => {
  if (value === null) return []
  if (!isObject(value)) return undefined
  const found: [string, unknown][] = []
  for (const written of Object.keys(value)) {
    if (isFolded(written, name)) found.push([written, value[written]])
  }
  return found
}

/** Of another length is another name: no folding that gives ASCII changes the length. */
function isFolded(written: string, name: string): boolean {
  if (written === name) return true
  return written.length === name.length && foldCase(written) === foldCase(name)
}

/** Whether an object has a member that encoding/json would take for one of these. */
export function hasFoldedMember(value: unknown, names: readonly string[]): boolean {
  const folded = new Set(names.map(foldCase))
  return isObject(value) && Object.keys(value).some((written) => folded.has(foldCase(written)))
}

/** Go's case folding, by which the long s and the Kelvin sign are letters of ASCII. */
function foldCase(name: string): string {
  return name.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase()
}

/** A JSON object, whose own members alone count. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const textSchema = lazy(() => nullish(string()))

/** What encoding/json takes for a string: null stands for an empty one. */
export function isTextOrNull(value: unknown): value is string | null | undefined {
  return isOf(textSchema(), value)
}

/** An object's own member. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
