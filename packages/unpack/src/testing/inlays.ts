import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { LeafFormat } from '../contract.ts'
import { fixturesOf } from './fixtures.ts'
import { hostileSuite } from './hostile.ts'

/**
 * What every structure has to do that leads to its own end.
 * @param open fixtures whose last parts are not announced by what comes before: cut at such a part, they are whole
 */
export function inlaySuite(format: LeafFormat, open: readonly string[] = []): void {
  const fixtures = fixturesOf(format.name, 'positive')

  describe(format.name, () => {
    it.each(fixtures.map(({ name, content }) => [name, content] as const))(
      'ends %s where it ends, whatever stands behind it',
      (_, content) => {
        for (const filler of [0x00, 0x41, 0xa5, 0xff]) {
          const bytes = memoryBytes(Buffer.concat([content, Buffer.alloc(300, filler)]))
          expect(format.recognise(bytes, 0)).toEqual({ start: 0, end: content.length })
        }
      },
    )

    const { candidates } = format
    if (candidates) {
      it('is sought in what other bytes surround it, at its place', () => {
        for (const { name, content } of fixtures.filter((one) => !standsBefore(format, one.content))) {
          for (const filler of [0x00, 0x41, 0xff]) {
            const around = Buffer.alloc(5000, filler)
            const bytes = memoryBytes(Buffer.concat([around, content, around]))
            expect([...candidates(bytes, { start: 0, end: bytes.size })], name).toContain(around.length)
          }
        }
      })
    }

    it('refuses what is cut', () => {
      for (const { name, content } of fixtures.filter((one) => !open.includes(one.name))) {
        for (const length of [content.length - 1, content.length >> 1, 20])
          expect(format.recognise(memoryBytes(content.subarray(0, length)), 0), name).toBeUndefined()
      }
    })
  })

  for (const { content } of fixtures.slice(0, 1)) hostileSuite({ format, fixture: content })
}

/** What has a magic that is searched for need not be sought. */
function standsBefore({ carve, magic }: LeafFormat, content: Buffer): boolean {
  return carve && magic.some(({ bytes, at }) => content.toString('latin1', at, at + bytes.length) === bytes)
}
