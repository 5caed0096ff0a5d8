import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { signedFitRegion } from './damaged.ts'
import { buildFdt } from './testing.ts'

const SIGNED = buildFdt({
  children: { configurations: { properties: [['hashed-strings', '\0\0\0\0\0\0\0\x09']] } },
})

describe('signedFitRegion', () => {
  it('finds a signed FIT by its names, though its structure is broken', () => {
    const broken = Buffer.concat([Buffer.alloc(3), SIGNED, Buffer.alloc(5)])
    broken[3 + SIGNED.readUInt32BE(8) + 3] = 7
    expect(signedFitRegion(memoryBytes(broken), 3)).toEqual({ start: 3, end: 3 + SIGNED.length })
  })

  it('refuses trees that are not signed, broken headers, and what is cut off', () => {
    const at = (image: Uint8Array) => signedFitRegion(memoryBytes(image), 0)
    expect(
      at(
        buildFdt({
          properties: [
            ['hashed', ''],
            ['strings', ''],
          ],
        }),
      ),
    ).toBeUndefined()
    expect(at(SIGNED.subarray(0, -1))).toBeUndefined()
    expect(at(SIGNED.subarray(1))).toBeUndefined()
    expect(at(Buffer.alloc(0))).toBeUndefined()
  })
})
