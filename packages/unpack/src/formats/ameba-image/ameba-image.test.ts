import { memoryBytes } from '@messlatte/bytes'
import type { DamageNote } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { amebaImage } from './index.ts'
import { parseAmebaImage } from './parse.ts'

describe('ameba-image', () => {
  it('ends where its header says', () => {
    const both = memoryBytes(
      Buffer.concat([fixture('ameba-image', 'xip.bin'), fixture('ameba-image', 'ram.bin')]),
    )
    expect(amebaImage.recognise(both, 0)).toEqual({ start: 0, end: 1056 })
    expect(amebaImage.recognise(both, 1056)).toEqual({ start: 1056, end: 2112 })
    expect(parseAmebaImage(both, 1056)).toEqual({ length: 1024, address: 0x10005000 })
  })

  it('knows the parts of boot loaders, of which the first may be empty', () => {
    const part = Buffer.from(fixture('ameba-image', 'ram.bin'))
    Buffer.from('999996963fcc66fc', 'hex').copy(part)
    const empty = Buffer.from(part.subarray(0, 32))
    empty.writeUInt32LE(0, 8)
    const both = memoryBytes(Buffer.concat([empty, part]))
    expect(amebaImage.recognise(both, 0)).toEqual({ start: 0, end: 32 })
    expect(amebaImage.recognise(both, 32)).toEqual({ start: 32, end: 32 + part.length })
  })

  it('tells when it is cut off', () => {
    const bytes = memoryBytes(fixture('ameba-image', 'ram.bin').subarray(0, 500))
    const codes: DamageNote['code'][] = []
    amebaImage.examine?.(bytes, { start: 0, end: 500 }, (code) => codes.push(code))
    expect(codes).toEqual(['truncated'])
  })
})

hostileSuite({ format: amebaImage, fixture: fixture('ameba-image', 'ram.bin') })
