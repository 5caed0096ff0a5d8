import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import type { KeyMaterial } from '../contract.ts'

/** `keyed`: what only a key opens; the keys lie in a folder of their own. */
export type FixtureKind = 'positive' | 'negative' | 'keyed'

export interface Fixture {
  readonly name: string
  readonly content: Buffer
  /** Bytes in the repository. */
  readonly stored: number
}

/** Large images that are mostly empty are kept as brotli, which is no format of ours; their name is the one without it. */
const PACKED = '.br'

const FORMATS_FOLDER = new URL('../formats/', import.meta.url)

const known = new Map<string, readonly Fixture[]>()

/** The fixtures of a format, in the order of their names; nobody writes into them. */
export function fixturesOf(format: string, kind: FixtureKind): readonly Fixture[] {
  const key = `${format}/${kind}`
  const fixtures = known.get(key) ?? read(format, kind)
  known.set(key, fixtures)
  return fixtures
}

function read(format: string, kind: FixtureKind): readonly Fixture[] {
  const folder = new URL(`${format}/fixtures/${kind}/`, FORMATS_FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((file) => readFixture(file, folder))
}

export function fixture(format: string, name: string): Buffer {
  const folder = new URL(`${format}/fixtures/positive/`, FORMATS_FOLDER)
  const packed = existsSync(new URL(`${name}${PACKED}`, folder))
  return readFixture(packed ? `${name}${PACKED}` : name, folder).content
}

/** What opens the fixtures of a format that are encrypted. */
export function keysOf(format: string): readonly KeyMaterial[] {
  const folder = keyFolder(format)
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => keyOf(format, name))
    : []
}

export function keyOf(format: string, name: string): KeyMaterial {
  return { name, bytes: readFileSync(new URL(name, keyFolder(format))) }
}

function keyFolder(format: string): URL {
  return new URL(`${format}/fixtures/keys/`, FORMATS_FOLDER)
}

function readFixture(file: string, folder: URL): Fixture {
  const stored = readFileSync(new URL(file, folder))
  return file.endsWith(PACKED)
    ? { name: file.slice(0, -PACKED.length), content: brotliDecompressSync(stored), stored: stored.length }
    : { name: file, content: stored, stored: stored.length }
}
