import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { gbl } from './index.ts'

const PROGRAM = Buffer.from(Array.from({ length: 1200 }, (_, index) => (index * 7 + 3) & 255))
const TOKENS = keyOf('gbl', 'encryption.txt')

function summaryOf(contents: ReadonlyMap<string, Buffer>): unknown {
  return JSON.parse(contents.get('gbl.json')?.toString() ?? '')
}

describe('gbl', () => {
  it('gives programs with their addresses, and versions', () => {
    const { contents, problems } = collect(gbl, fixture('gbl', 'plain.gbl'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'gbl.json',
      'application',
      'program-0x00004000',
      'erase-and-program-0x00008000',
    ])
    expect(contents.get('program-0x00004000')?.equals(PROGRAM)).toBe(true)
    expect(summaryOf(contents)).toEqual({
      encrypted: false,
      signed: false,
      application: { type: 1, version: 0x10002, capabilities: 0, productId: '11'.repeat(16) },
    })
  })

  it('unpacks LZ4, which has no frame, and gives the signature', () => {
    const { contents, problems } = collect(gbl, fixture('gbl', 'signed.gbl'))
    expect(problems).toEqual([])
    expect(contents.get('program-lz4-0x00004000')?.equals(PROGRAM)).toBe(true)
    expect(contents.get('signature')).toHaveLength(64)
    expect([...contents.keys()].filter((path) => path.startsWith('metadata'))).toHaveLength(2)
    expect(summaryOf(contents)).toMatchObject({ signed: true })
  })

  it('unpacks LZMA with its small dictionary', () => {
    const { contents, problems } = collect(gbl, fixture('gbl', 'lzma.gbl'))
    expect(problems).toEqual([])
    expect(contents.get('program-lzma-0x00004000')?.equals(PROGRAM)).toBe(true)
  })

  it('gives what comes out of a damaged program before its damage', () => {
    const lz4 = fixture('gbl', 'signed.gbl')
    // The size of a match.
    lz4[lz4.indexOf(PROGRAM.subarray(0, 200)) + 258] = 0
    const { contents, problems } = collect(gbl, lz4)
    expect(problems).toMatchObject([
      { code: 'checksum' },
      { code: 'structure', path: 'program-lz4-0x00004000' },
    ])
    expect(contents.get('program-lz4-0x00004000')?.subarray(0, 200)).toEqual(PROGRAM.subarray(0, 200))
  })

  it('gives boot loader and secure element without what stands in front of them', () => {
    const { contents, problems } = collect(gbl, fixture('gbl', 'boot.gbl'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'gbl.json',
      'version-dependency',
      'se-upgrade',
      'bootloader-0x00000010',
    ])
    expect(contents.get('bootloader-0x00000010')?.equals(PROGRAM.subarray(0, 300))).toBe(true)
    expect(contents.get('se-upgrade')?.toString()).toBe('sealed')
    expect(summaryOf(contents)).toEqual({
      encrypted: false,
      signed: false,
      bootLoader: { version: '2.4.1' },
      secureElement: { size: 6, version: 0x1020e05 },
      dependencies: [{ image: 'boot loader', operator: 4, version: 0x2040000 }],
    })
  })

  it('shows what is encrypted, and decrypts it with a file of tokens or the bytes of the key', () => {
    const image = fixture('gbl', 'encrypted.gbl')
    const closed = collect(gbl, image, undefined, [{ name: 'other', bytes: Buffer.alloc(16) }])
    expect(closed.problems).toMatchObject([
      { code: 'unsupported', message: 'it is encrypted, and no key fits' },
    ])
    expect([...closed.contents.keys()].slice(0, 3)).toEqual(['gbl.json', 'encryption-start', 'encrypted'])
    const raw = { name: 'key', bytes: Buffer.from(Array.from({ length: 16 }, (_, index) => index)) }
    for (const key of [TOKENS, raw]) {
      const { contents, problems } = collect(gbl, image, undefined, [key])
      expect(problems).toEqual([])
      expect([...contents.keys()]).toEqual([
        'gbl.json',
        'encryption-start',
        'application',
        'program-lz4-0x00004000',
        'program-lz4-0x00008000',
      ])
      expect(contents.get('program-lz4-0x00004000')?.equals(PROGRAM)).toBe(true)
      expect(contents.get('program-lz4-0x00008000')?.toString()).toBe('more')
      expect(summaryOf(contents)).toMatchObject({ encrypted: true, application: { version: 0x10002 } })
    }
  })

  it('tells where what it decrypts is tags in its beginning only', () => {
    const image = fixture('gbl', 'encrypted.gbl')
    // The number of the second tag, which begins the second part.
    const second = image.indexOf(Buffer.from('f90707f9', 'hex'), 16 + 24 + 8)
    image[second + 9] = (image[second + 9] as number) ^ 0xff
    const crcAt = image.indexOf(Buffer.from('fc0404fc', 'hex')) + 8
    image.writeUInt32LE(crc32(image.subarray(0, crcAt)), crcAt)
    const { contents, problems } = collect(gbl, image, undefined, [TOKENS])
    expect(problems.at(-1)).toMatchObject({ code: 'structure' })
    expect([...contents.keys()]).toEqual(['gbl.json', 'encryption-start', 'application'])
  })

  it('tells a CRC that differs, and an end that is not there', () => {
    const image = fixture('gbl', 'plain.gbl')
    image[100] = 0
    expect(collect(gbl, image).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(gbl, image.subarray(0, 600)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'program-0x00004000' },
    ])
  })
})

hostileSuite({ format: gbl, fixture: fixture('gbl', 'plain.gbl') })
hostileSuite({ format: gbl, fixture: fixture('gbl', 'signed.gbl') })
hostileSuite({ format: gbl, fixture: fixture('gbl', 'encrypted.gbl') })
