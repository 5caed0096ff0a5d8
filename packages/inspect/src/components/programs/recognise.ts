import type { Hit } from '../../contract.ts'
import type { ComponentSeen } from '../facts.ts'
import type { ComponentRule } from './rule.ts'

/** A component, and where in the file the proof stands. */
export interface Recognised extends ComponentSeen {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly length: number
}

/** What of a file the rules look at. */
export interface Looked {
  readonly inner: string
  /** A program or library, as its format says. */
  readonly isProgram: boolean
  readonly text: () => string
  readonly hits: readonly Hit[]
  /** Bytes at a place, one character per byte; shorter at the end. */
  readonly read: (offset: number, length: number) => string
}

/** Of one literal in one file; the same text stands there often. */
const MOST_HITS = 20
const LONGEST_VERSION = 48
const SHORTEST_LITERAL = 4
const ALONE = /(?<=[^\x20-\x7e])([\x20-\x7e]{3,40})(?=\0)/g

interface ByLiteral {
  readonly rule: ComponentRule
  readonly version: RegExp | undefined
  readonly also: string | undefined
}

/** Knows components by a set of rules. */
export interface Recogniser {
  /** For the scan: what stands in front of versions, what says that a name is no quotation, and markers. */
  readonly literals: readonly string[]
  /** Files that are looked at for their name alone. */
  readonly files: readonly RegExp[]
  /** The components that a file proves to hold; each version once. */
  readonly recognise: (file: Looked) => readonly Recognised[]
}

type Index = ReadonlyMap<string, readonly ByLiteral[]>

export function createRecogniser(rules: readonly ComponentRule[]): Recogniser {
  const index = literalIndex(rules)
  const withAlone = rules.filter((rule) => rule.alone !== undefined)
  const withFileName = rules.filter((rule) => rule.fileName !== undefined)
  const texts = rules.flatMap((rule) => rule.texts ?? [])
  const literals = [
    ...texts.map(({ literal }) => literal),
    ...texts.flatMap(({ also }) => also ?? []),
    ...rules.flatMap(({ marker }) => marker ?? []),
  ]
  return {
    literals: [...new Set(literals)].filter((literal) => literal.length >= SHORTEST_LITERAL),
    files: rules.flatMap(({ alone, fileName }) => [alone?.file ?? [], fileName ?? []].flat()),
    recognise: (file) =>
      once([...byTexts(index, file), ...byAlone(withAlone, file), ...byFileName(withFileName, file)]),
  }
}

/** Each version once; without one only where no version was found. */
function once(all: readonly Recognised[]): readonly Recognised[] {
  const found = new Map<string, Recognised>()
  for (const one of all) {
    const key = `${one.id} ${one.version ?? ''}`
    if (!found.has(key)) found.set(key, one)
  }
  const known = new Set(all.filter((one) => one.version !== undefined).map((one) => one.id))
  return [...found.values()].filter((one) => one.version !== undefined || !known.has(one.id))
}

function literalIndex(rules: readonly ComponentRule[]): Index {
  const index = new Map<string, ByLiteral[]>()
  const add = (literal: string, entry: ByLiteral) =>
    index.set(literal, [...(index.get(literal) ?? []), entry])
  for (const rule of rules) {
    for (const { literal, version, also } of rule.texts ?? []) add(literal, { rule, version, also })
    if (rule.marker !== undefined) add(rule.marker, { rule, version: undefined, also: undefined })
  }
  return index
}

function* byTexts(index: Index, { hits, read }: Looked): Generator<Recognised> {
  const there = new Set(hits.map((hit) => hit.literal))
  const counts = new Map<string, number>()
  for (const { literal, offset } of hits) {
    const count = (counts.get(literal) ?? 0) + 1
    counts.set(literal, count)
    if (count > MOST_HITS) continue
    for (const { rule, version, also } of index.get(literal) ?? []) {
      if (also !== undefined && !there.has(also)) continue
      if (version === undefined) {
        yield { id: rule.id, proof: 'name-only', text: literal, offset, length: literal.length }
        continue
      }
      version.lastIndex = 0
      const match = version.exec(read(offset + literal.length, LONGEST_VERSION))
      if (!match?.[1]) continue
      const text = literal + match[0]
      yield { id: rule.id, version: match[1], proof: 'version-text', text, offset, length: text.length }
    }
  }
}

function* byAlone(
  rules: readonly ComponentRule[],
  { inner, isProgram, text }: Looked,
): Generator<Recognised> {
  if (!isProgram) return
  for (const { id, alone } of rules) {
    if (!alone?.file.test(inner)) continue
    const content = text()
    if (!content.includes(alone.also)) continue
    const versions = new Map<string, { readonly text: string; readonly offset: number }>()
    for (const match of content.matchAll(ALONE)) {
      const version = alone.version.exec(match[1] ?? '')?.[1]
      if (version !== undefined && !versions.has(version))
        versions.set(version, { text: match[1] ?? '', offset: match.index })
    }
    const [only, ...others] = versions
    if (!only || others.length > 0) {
      yield {
        id,
        proof: 'name-only',
        text: alone.also,
        offset: content.indexOf(alone.also),
        length: alone.also.length,
      }
      continue
    }
    const [version, place] = only
    yield {
      id,
      version,
      proof: 'version-alone',
      text: place.text,
      offset: place.offset,
      length: place.text.length,
    }
  }
}

function* byFileName(rules: readonly ComponentRule[], { inner }: Looked): Generator<Recognised> {
  for (const { id, fileName } of rules) {
    const version = fileName?.exec(inner)?.[1]
    if (version === undefined) continue
    const name = inner.slice(inner.lastIndexOf('/') + 1)
    yield { id, version, proof: 'file-name', text: name, offset: 0, length: 0 }
  }
}
