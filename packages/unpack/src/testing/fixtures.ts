import { existsSync, readdirSync, readFileSync } from 'node:fs'

export interface Fixture {
  readonly name: string
  readonly content: Buffer
}

const FORMATS_FOLDER = new URL('../formats/', import.meta.url)

/** The fixtures of a format, in the order of their names. */
export function fixturesOf(format: string, kind: 'positive' | 'negative'): readonly Fixture[] {
  const folder = new URL(`${format}/fixtures/${kind}/`, FORMATS_FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, content: readFileSync(new URL(name, folder)) }))
}

export function fixture(format: string, name: string): Buffer {
  return readFileSync(new URL(`${format}/fixtures/positive/${name}`, FORMATS_FOLDER))
}
