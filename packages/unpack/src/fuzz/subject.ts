import { existsSync, readdirSync } from 'node:fs'
import type { Format } from '../contract.ts'
import { fixturesOf, keysOf } from '../testing/fixtures.ts'
import { squeeze, squeezed } from '../testing/squeezed.ts'
import { withKeys } from '../testing/with-keys.ts'
import { corpusOf } from './corpus.ts'

/** An image that is longer than any input that comes of it, by far. */
const LARGE = 8 * 1024 * 1024

const FORMATS = new URL('../formats/', import.meta.url)

/** What is tried of a format, and on what. */
export interface Subject {
  readonly format: Format
  readonly corpus: readonly Buffer[]
  readonly fixtures: readonly Buffer[]
}

/** Images of many megabytes that are mostly empty are tried as what they hold; who decrypts is handed the keys of its fixtures. */
export function subjectOf(format: Format): Subject {
  const contents = (['positive', 'negative', 'keyed'] as const).flatMap((kind) =>
    fixturesOf(format.name, kind).map(({ content }) => content),
  )
  const keys = keysOf(format.name)
  const opened = format.kind === 'container' && keys.length > 0 ? withKeys(format, keys) : format
  const isLarge = contents.some(({ length }) => length > LARGE)
  return {
    format: isLarge && opened.kind === 'container' ? squeezed(opened) : opened,
    corpus: corpusOf(format.name),
    fixtures: isLarge && opened.kind === 'container' ? contents.map(squeeze) : contents,
  }
}

export function formatNames(): readonly string[] {
  return readdirSync(FORMATS).filter((name) => existsSync(manifestOf(name)))
}

/** That one alone: each look at the coverage goes through all that is loaded. */
export async function formatNamed(name: string): Promise<Format> {
  const module: Readonly<Record<string, unknown>> = await import(manifestOf(name).href)
  return Object.values(module).find((value) => isFormat(value, name)) as Format
}

function manifestOf(name: string): URL {
  return new URL(`${name}/index.ts`, FORMATS)
}

function isFormat(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name
}
