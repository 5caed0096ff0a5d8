/** A text that stands in the component's own bytes, with the version right behind it. */
export interface TextRule {
  /** At least three characters; found by the shared scan. */
  readonly literal: string
  /** Sticky, tried right behind the literal; the version is its first group. */
  readonly version: RegExp
  /** Another text that must stand in the same file: who only uses the component may quote its name and version. */
  readonly also?: string
}

/** A version that stands by itself between two NULs, in a file that is known by its name and another text. */
export interface AloneRule {
  readonly file: RegExp
  readonly also: string
  /** The form of the version; it counts only when the file holds exactly one such text. */
  readonly version: RegExp
}

/** How one component is known by its own bytes. */
export interface ComponentRule {
  readonly id: string
  readonly title: string
  /** Vendor and product of its CPE, where the dictionary has one. */
  readonly cpe?: readonly [vendor: string, product: string]
  readonly texts?: readonly TextRule[]
  readonly alone?: AloneRule
  /** A file's name that has the component's own version in its first group. */
  readonly fileName?: RegExp
  /** A text that only the component has; says that it is there, without a version. */
  readonly marker?: string
}

/** `1.2`, `1.2.3`, `1.2.3.4`. */
const NUMBERS = '\\d+(?:\\.\\d+){1,3}'

/** A version behind a literal: numbers, with a letter or patch level where makers add one. */
export function behind(after = '(?![\\d.]*\\d)'): RegExp {
  return new RegExp(`(${NUMBERS}(?:[a-z](?![a-z])|p\\d+|-P\\d+|-?rc\\d+)?)${after}`, 'y')
}

/** The same, as the whole of a text. */
export const WHOLE = /^(\d+(?:\.\d+){1,2}(?:[a-z]|p\d+|-P\d+)?)$/
export const THREE = /^(\d+\.\d+\.\d+(?:[a-z]|p\d+)?)$/
