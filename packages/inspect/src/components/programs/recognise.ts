import type { Hit } from '../../contract.ts'
import type { ComponentSeen } from '../facts.ts'
import type { AloneRule, ComponentRule } from './rule.ts'
import { COMPONENT_RULES } from './rules.ts'

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
const ALONE = /(?<=[^\x20-\x7e])([\x20-\x7e]{3,40})(?=\0)/g

interface ByLiteral {
  readonly rule: ComponentRule
  readonly version: RegExp | undefined
  readonly also: string | undefined
}

const BY_LITERAL: ReadonlyMap<string, readonly ByLiteral[]> = literalIndex()
const WITH_ALONE = COMPONENT_RULES.filter((rule) => rule.alone !== undefined)
const WITH_FILE_NAME = COMPONENT_RULES.filter((rule) => rule.fileName !== undefined)

/** For the scan: what stands in front of versions, what says that a name is no quotation, and markers. */
export const COMPONENT_LITERALS: readonly string[] = [
  ...new Set(
    COMPONENT_RULES.flatMap((rule) => [
      ...(rule.texts ?? []).map(({ literal }) => literal),
      ...(rule.texts ?? []).flatMap(({ also }) => also ?? []),
      ...(rule.marker === undefined ? [] : [rule.marker]),
    ]),
  ),
].filter((literal) => literal.length >= 4)

/** Files that are looked at for their name alone. */
export const COMPONENT_FILES: readonly RegExp[] = [
  ...WITH_ALONE.map((rule) => (rule.alone as AloneRule).file),
  ...WITH_FILE_NAME.map((rule) => rule.fileName as RegExp),
]

function literalIndex(): ReadonlyMap<string, readonly ByLiteral[]> {
  const index = new Map<string, ByLiteral[]>()
  const add = (literal: string, entry: ByLiteral) =>
    index.set(literal, [...(index.get(literal) ?? []), entry])
  for (const rule of COMPONENT_RULES) {
    for (const { literal, version, also } of rule.texts ?? []) add(literal, { rule, version, also })
    if (rule.marker !== undefined) add(rule.marker, { rule, version: undefined, also: undefined })
  }
  return index
}

/** The components that a file proves to hold; each version once. */
export function recogniseComponents(file: Looked): readonly Recognised[] {
  const found = new Map<string, Recognised>()
  const add = (one: Recognised) => {
    const key = `${one.id} ${one.version ?? ''}`
    if (!found.has(key)) found.set(key, one)
  }
  for (const one of byTexts(file)) add(one)
  for (const one of byAlone(file)) add(one)
  for (const one of byFileName(file)) add(one)
  const known = new Set([...found.values()].filter((one) => one.version !== undefined).map((one) => one.id))
  return [...found.values()].filter((one) => one.version !== undefined || !known.has(one.id))
}

function* byTexts({ hits, read }: Looked): Generator<Recognised> {
  const there = new Set(hits.map((hit) => hit.literal))
  const counts = new Map<string, number>()
  for (const { literal, offset } of hits) {
    const count = (counts.get(literal) ?? 0) + 1
    counts.set(literal, count)
    if (count > MOST_HITS) continue
    for (const { rule, version, also } of BY_LITERAL.get(literal) ?? []) {
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

function* byAlone({ inner, isProgram, text }: Looked): Generator<Recognised> {
  if (!isProgram) return
  for (const { id, alone } of WITH_ALONE) {
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

function* byFileName({ inner }: Looked): Generator<Recognised> {
  for (const { id, fileName } of WITH_FILE_NAME) {
    const version = fileName?.exec(inner)?.[1]
    if (version === undefined) continue
    const name = inner.slice(inner.lastIndexOf('/') + 1)
    yield { id, version, proof: 'file-name', text: name, offset: 0, length: 0 }
  }
}
