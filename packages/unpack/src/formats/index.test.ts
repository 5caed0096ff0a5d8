import { readdirSync, readFileSync } from 'node:fs'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { Format } from '../contract.ts'
import { formatsPage } from '../page/formats-page.ts'
import { isTyped } from '../testing/collect.ts'
import { fixturesOf, keysOf } from '../testing/fixtures.ts'
import { FORMATS } from './index.ts'

function textOf(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

function sourcesOf(format: string): readonly string[] {
  return readdirSync(new URL(`${format}/`, import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => textOf(`${format}/${name}`))
}

/** The region's end, or true for a stream; undefined for a refusal. */
function recognise(format: Format, bytes: Bytes, at: number): number | true | undefined {
  try {
    const found = format.recognise(bytes, at)
    return typeof found === 'object' ? found.end : found || undefined
  } catch (error) {
    if (!isTyped(error)) throw error
    return undefined
  }
}

function standsAt(content: Buffer, format: Format, at: number): boolean {
  return format.magic.some(
    (magic) => content.toString('latin1', at + magic.at, at + magic.at + magic.bytes.length) === magic.bytes,
  )
}

describe('the registry of formats', () => {
  it('is what docs/formats.md says (`npm run docs` writes it)', () => {
    expect(textOf('../../../../docs/formats.md')).toBe(formatsPage(FORMATS))
  })

  it('has no name twice, and names that can stand in a path', () => {
    const names = FORMATS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  it('has the layouts of all of them described somewhere', () => {
    for (const { name, title, references, magic, candidates, spreads, carve } of FORMATS) {
      expect(title, name).not.toBe('')
      expect(references, name).not.toEqual([])
      if (!candidates && !spreads) expect(magic, name).not.toEqual([])
      // What is not searched for may be short.
      for (const { bytes } of carve ? magic : []) expect(bytes.length, name).toBeGreaterThan(2)
    }
  })

  describe.each(FORMATS)('$name', (format) => {
    it('has a page of its own that names its limits, and the commands of its fixtures', () => {
      const page = textOf(`${format.name}/README.md`)
      expect(page).toContain(`# ${format.name}`)
      for (const limit of format.limits) expect(page).toContain(limit)
      const commands = textOf(`${format.name}/fixtures/README.md`)
      for (const kind of ['positive', 'negative'] as const) {
        for (const { name } of fixturesOf(format.name, kind)) {
          expect(commands).toContain(name)
        }
      }
    })

    it('has the keys of its encrypted fixtures, where it takes any', () => {
      const takesKeys = sourcesOf(format.name).some((source) => /\bKeyMaterial\b|\bsink\.keys\b/.test(source))
      expect(keysOf(format.name).length > 0).toBe(takesKeys)
    })

    it('recognises its fixtures at the start and in the middle of other bytes', () => {
      const fixtures = fixturesOf(format.name, 'positive')
      if (format.recognisedOnly === undefined) expect(fixtures).not.toEqual([])
      for (const { name, content, stored } of fixtures) {
        expect(stored, name).toBeLessThan(20_480)
        if (format.magic.length > 0 && !format.candidates)
          expect(standsAt(content, format, 0), name).toBe(true)
        expect(recognise(format, memoryBytes(content), 0), name).toBe(
          format.kind === 'stream' ? true : content.length,
        )
        const inside = memoryBytes(Buffer.concat([Buffer.alloc(77, 0xa5), content, Buffer.alloc(777, 0xa5)]))
        expect(recognise(format, inside, 77), name).toBe(
          format.kind === 'stream' ? true : 77 + content.length,
        )
      }
    })

    it('refuses what only looks like it', () => {
      const fixtures = fixturesOf(format.name, 'negative')
      expect(fixtures).not.toEqual([])
      for (const { name, content } of fixtures) {
        expect(recognise(format, memoryBytes(content), 0), name).toBeUndefined()
      }
    })

    it('refuses the fixtures of all others', () => {
      for (const other of FORMATS.filter(({ name, spreads }) => name !== format.name && !spreads)) {
        for (const { name, content } of fixturesOf(other.name, 'positive')) {
          const taken = standsAt(content, format, 0) && recognise(format, memoryBytes(content), 0)
          expect(taken || undefined, `${other.name}/${name}`).toBeUndefined()
        }
      }
    })
  })
})
