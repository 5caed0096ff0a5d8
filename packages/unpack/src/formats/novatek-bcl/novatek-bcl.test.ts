import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { novatekBcl } from './index.ts'

function decoded(image: Buffer) {
  return collectStream((write) => novatekBcl.decode(memoryBytes(image), 0, write))
}

/** A partition that is packed with LZ77, without checksum. */
function packed(plain: number, ...data: readonly number[]): Buffer {
  const header = Buffer.alloc(16)
  header.write('BCL1')
  header.writeUInt16BE(9, 6)
  header.writeUInt32BE(plain, 8)
  header.writeUInt32BE(data.length, 12)
  return Buffer.concat([header, Buffer.from(data)])
}

describe('novatek-bcl', () => {
  it('gives what is packed in each way', () => {
    for (const { name, content } of fixturesOf('novatek-bcl', 'positive')) {
      const { content: plain, end } = decoded(Buffer.concat([content, Buffer.alloc(100)]))
      expect(plain.toString(), name).toBe(lines(1, 2000))
      const checksum = name.includes('loader') ? 'none' : 'matches'
      expect(end, name).toEqual({ end: content.length, checksum })
    }
  })

  it('lets a match reach into itself, and the mark stand for itself', () => {
    const { content, end } = decoded(packed(9, 0xee, 0x41, 0xee, 3, 1, 0xee, 0, 0xee, 0x80, 2, 1))
    expect(content.toString('latin1')).toBe('AAAA\xee\xee\xee')
    expect(end.problem).toBeUndefined()
  })

  it('tells matches that cannot be', () => {
    expect(decoded(packed(9, 0xee, 0x41, 0xee, 3, 2)).end.problem?.code).toBe('corrupt')
    expect(decoded(packed(9, 0xee, 0x41, 0xee, 3, 0)).end.problem?.code).toBe('corrupt')
    expect(decoded(packed(9, 0xee, 0x41, 0xee, 9, 1)).end.problem?.code).toBe('corrupt')
    expect(decoded(packed(9, 0xee, 0x41, 0xee, 0xff, 0xff)).end.problem?.code).toBe('corrupt')
    expect(decoded(packed(9, 0xee, 0x41, 0xee, 3)).end.problem?.code).toBe('truncated')
  })

  it('tells what is cut off, changed, or more than announced', () => {
    const image = fixture('novatek-bcl', 'zlib.bin')
    expect(decoded(image.subarray(0, -20)).end.problem?.code).toBe('truncated')
    image.writeUInt16LE(image.readUInt16LE(4) - 1, 4)
    expect(decoded(image).end).toMatchObject({ checksum: 'differs', problem: { code: 'checksum' } })
    image.writeUInt32BE(1000, 8)
    const { content, end } = decoded(image)
    expect(content.toString()).toBe(lines(1, 2000).slice(0, 1000))
    expect(end.problem?.code).toBe('output-full')
    const lzma = fixture('novatek-bcl', 'lzma.bin')
    lzma[16] = 0xff
    expect(decoded(lzma).end.problem?.code).toBe('unsupported')
  })
})

hostileSuite({ format: novatekBcl, fixture: fixture('novatek-bcl', 'tool-lz.bin') })
