import { crc32 } from 'node:zlib'
import { type Bytes, mappedBytes, memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { crcOfWord, joined } from './crc.ts'
import { androidSparse } from './index.ts'
import { contentOf, parseSparseHeader, type SparseHeader } from './parse.ts'
import { sparseStream } from './stream.ts'

const BLOCK = 4096
const RAW = Buffer.concat([
  Buffer.from(lines(1, 900).slice(0, BLOCK).padEnd(BLOCK, '.')),
  Buffer.alloc(BLOCK * 3),
  Buffer.alloc(BLOCK * 2, Buffer.from([0xef, 0xbe, 0xad, 0xde])),
  Buffer.from(lines(900, 1800).slice(0, BLOCK).padEnd(BLOCK, '.')),
  Buffer.alloc(BLOCK * 7),
])
/** What crc.simg leaves out of it. */
const HOLES = Buffer.from(RAW).fill(0, BLOCK, BLOCK * 6)
const NAMES = ['img2simg.simg', 'block-1024.simg', 'crc.simg', 'long-headers.simg']

/** A chunk of type `0xcac0 + kind`. */
function chunk(kind: number, blocks: number, data: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(0xcac0 + kind)
  head.writeUInt32LE(blocks, 4)
  head.writeUInt32LE(12 + data.length, 8)
  return Buffer.concat([head, data])
}

function image(blocks: number, chunks: readonly Buffer[]): Buffer {
  const head = Buffer.from('3aff26ed010000001c000c0000100000', 'hex')
  const rest = Buffer.alloc(12)
  rest.writeUInt32LE(blocks)
  rest.writeUInt32LE(chunks.length, 4)
  return Buffer.concat([head, rest, ...chunks])
}

/** So many chunks of one block of four bytes; raw ones hold their number. */
function manyChunks(count: number, kind: 1 | 3): Buffer {
  const size = kind === 1 ? 16 : 12
  const file = Buffer.alloc(28 + size * count)
  image(count, []).copy(file)
  file.writeUInt32LE(4, 12)
  file.writeUInt32LE(count, 20)
  for (let index = 0; index < count; index++) {
    const at = 28 + size * index
    file.writeUInt16LE(0xcac0 + kind, at)
    file.writeUInt32LE(1, at + 4)
    file.writeUInt32LE(size, at + 8)
    if (kind === 1) file.writeUInt32LE(index, at + 12)
  }
  return file
}

/** What the stretches that are kept say. */
function contentIn(bytes: Bytes): Buffer {
  const { size, extents } = contentOf(bytes, 0, parseSparseHeader(bytes, 0) as SparseHeader)
  return Buffer.from(mappedBytes(bytes, size, extents).view(0, size))
}

describe('android-sparse', () => {
  it.each(NAMES)('gives back what %s was made of', (name) => {
    const { contents, problems } = collect(androidSparse, fixture('android-sparse', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['content'])
    expect(contents.get('content')?.equals(name === 'crc.simg' ? HOLES : RAW)).toBe(true)
  })

  it.each(['crc.simg', 'long-headers.simg'])('tells when the CRC of %s differs', (name) => {
    const damaged = fixture('android-sparse', name)
    damaged[100] = 0
    expect(collect(androidSparse, damaged).problems).toMatchObject([{ code: 'checksum', path: 'content' }])
  })

  it('puts together an image that was split, and leaves two images of one size apart', () => {
    const parts = [0, 1].map((number) => fixture('android-sparse', `../split/raw.img_sparsechunk.${number}`))
    const whole = collect(androidSparse, Buffer.concat(parts))
    expect(whole.problems).toEqual([])
    expect(whole.contents.get('content')?.equals(RAW)).toBe(true)
    expect(whole.region.end).toBe(parts.reduce((sum, { length }) => sum + length, 0))
    // Cut within the second one, which alone does not tell the end of the first.
    for (let length = parts[0]?.length as number; length < whole.region.end; length += 37) {
      const { contents } = collect(androidSparse, Buffer.concat(parts).subarray(0, length))
      expect(contents.get('content')?.subarray(0, BLOCK).equals(RAW.subarray(0, BLOCK))).toBe(true)
    }
    const one = fixture('android-sparse', 'img2simg.simg')
    const two = collect(androidSparse, Buffer.concat([one, one]))
    expect(two.region.end).toBe(one.length)
    expect(two.contents.get('content')?.equals(RAW)).toBe(true)
  })

  it('maps a hole that is larger than any memory', () => {
    const far = image(0xffff_ffff, [chunk(3, 0xffff_fffe), chunk(1, 1, Buffer.alloc(BLOCK, 7))])
    const bytes = memoryBytes(far)
    const { size, extents } = contentOf(bytes, 0, parseSparseHeader(bytes, 0) as SparseHeader)
    expect(size).toBe(0xffff_ffff * BLOCK)
    expect(extents).toEqual([{ at: 0xffff_fffe * BLOCK, length: BLOCK, from: 52 }])
  })

  it('reads an image of more stretches than it keeps, chunk by chunk', () => {
    const count = 1_000_001
    const found = collect(androidSparse, manyChunks(count, 1))
    expect(found.problems).toEqual([])
    expect(found.region.end).toBe(28 + 16 * count)
    const content = found.contents.get('content') as Buffer
    expect(content).toHaveLength(4 * count)
    expect(content.readUInt32LE(4 * 77)).toBe(77)
    expect(content.readUInt32LE(4 * (count - 1))).toBe(count - 1)
  })

  it('keeps no chunks that hold nothing', () => {
    const { problems, contents } = collect(androidSparse, manyChunks(1_000_001, 3))
    expect(problems).toEqual([])
    expect(contents.get('content')).toHaveLength(4 * 1_000_001)
  })

  it('writes words that repeat and holes in the chunks between', () => {
    const word = Buffer.from('0123')
    const bytes = memoryBytes(
      image(39, [
        chunk(1, 1, Buffer.alloc(BLOCK, 'a')),
        chunk(3, 17),
        chunk(2, 20, word),
        chunk(2, 1, Buffer.alloc(4)),
      ]),
    )
    const header = parseSparseHeader(bytes, 0) as SparseHeader
    const { content, end } = collectStream((write) => sparseStream(bytes, 0, header, write))
    expect(end).toEqual({ end: bytes.size, checksum: 'none' })
    expect(content.equals(contentIn(bytes))).toBe(true)
  })

  it('still gives what lies before a chunk that is none', () => {
    const damaged = fixture('android-sparse', 'img2simg.simg')
    damaged[28 + 12 + BLOCK] = 0
    const { contents, problems, region } = collect(androidSparse, damaged)
    expect(problems).toMatchObject([{ code: 'structure', path: 'content' }])
    expect(contents.get('content')?.equals(RAW.subarray(0, BLOCK))).toBe(true)
    expect(region.end).toBe(28 + 12 + BLOCK)
  })

  it('still gives what lies before a cut', () => {
    const { contents, problems } = collect(
      androidSparse,
      fixture('android-sparse', 'img2simg.simg').subarray(0, 1000),
    )
    expect(problems).toMatchObject([{ code: 'truncated', path: 'content' }])
    const content = contents.get('content') as Buffer
    expect(content.subarray(0, 960).equals(RAW.subarray(0, 960))).toBe(true)
    expect(content.subarray(960).every((byte) => byte === 0)).toBe(true)
  })

  it('tells when the header has another size than the chunks', () => {
    const { contents, problems } = collect(androidSparse, image(9, [chunk(3, 2)]))
    expect(problems).toMatchObject([{ code: 'structure' }])
    expect(contents.get('content')?.length).toBe(2 * BLOCK)
  })
})

describe('the CRC of a sparse image', () => {
  it('is put together of those of its parts', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        const whole = crc32(second, crc32(first))
        expect(joined(crc32(first), crc32(second), second.length)).toBe(whole)
      }),
    )
  })

  it('is that of a repeated word', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(99), (word, count) => {
        const bytes = Buffer.alloc(count * 4)
        for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(word, at)
        expect(crcOfWord(word, bytes.length)).toBe(crc32(bytes))
      }),
    )
  })
})

for (const name of NAMES) {
  hostileSuite({
    format: androidSparse,
    fixture: fixture('android-sparse', name),
    needsItsEnd: 'there is one content only',
  })
}
