import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cborBytesHead, decodeCbor, encodeCbor, isCborTag, readCbor } from './index.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

describe('CBOR', () => {
  it('reads the examples of RFC 8949, appendix A, that it is for', () => {
    const examples = [
      ['00', 0],
      ['1818', 24],
      ['1903e8', 1000],
      ['1b000000e8d4a51000', 1_000_000_000_000],
      ['3863', -100],
      ['f4', false],
      ['f5', true],
      ['f6', null],
      ['4401020304', hex('01020304')],
      ['6449455446', 'IETF'],
      ['8301820203820405', [1, [2, 3], [4, 5]]],
      [
        'a26161016162820203',
        new Map<string, unknown>([
          ['a', 1],
          ['b', [2, 3]],
        ]),
      ],
      ['c11a514b67b0', { tag: 1, value: 1363896240 }],
    ] as const
    for (const [bytes, value] of examples) expect(decodeCbor(hex(bytes)), bytes).toEqual(value)
    expect(isCborTag(decodeCbor(hex('c100')))).toBe(true)
  })

  it('refuses what is not read, what is left, and what is twice there', () => {
    for (const bytes of [
      '',
      '18',
      '0000',
      '9f01ff',
      '5f',
      'f90000',
      '1bffffffffffffffff',
      'a201010102',
      'a1f501',
      '9bffffffff',
      '1c',
    ])
      expect(readCbor(hex(bytes)), bytes).toBeUndefined()
    expect(readCbor(Buffer.concat([Buffer.alloc(30, 0x81), hex('00')]))).toBeUndefined()
  })

  it('writes what is signed', () => {
    expect(encodeCbor(['Signature1', hex('a10126'), hex(''), hex('01')]).toString('hex')).toBe(
      '846a5369676e61747572653143a10126404101',
    )
    for (const length of [0, 23, 24, 255, 256, 65_535, 65_536]) {
      const bytes = Buffer.alloc(length, 7)
      expect(decodeCbor(encodeCbor(bytes))).toEqual(bytes)
      expect(encodeCbor(bytes).subarray(0, -length || undefined)).toEqual(cborBytesHead(length))
    }
  })

  it('gives an answer for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void readCbor(bytes)),
      { numRuns: 500 },
    )
  })
})
