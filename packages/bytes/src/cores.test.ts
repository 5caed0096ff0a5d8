import { readFileSync } from 'node:fs'
import { deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Bytes,
  bzip2Stream,
  DecodeError,
  gzipStream,
  inflateRaw,
  inflateStream,
  lz4FrameStream,
  lzmaAloneBlock,
  lzmaAloneStream,
  lzo1x,
  memoryBytes,
  type StreamEnd,
  xzBlock,
  xzStream,
  zlibBlock,
  zstdBlock,
  zstdStream,
} from './index.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
const plain = fixture('plain.bin')

type Stream = (source: Bytes, at: number, write: (chunk: Uint8Array) => void) => StreamEnd

const STREAMS: readonly (readonly [name: string, decode: Stream, checked: boolean])[] = [
  ['plain.bin.gz', gzipStream, true],
  ['plain.bin.xz', xzStream, true],
  ['plain.crc32.xz', xzStream, true],
  ['plain.blocks.xz', xzStream, true],
  ['plain.delta.xz', xzStream, true],
  ...['x86', 'arm', 'armthumb', 'arm64', 'powerpc', 'sparc', 'ia64'].map(
    (name) => [`plain.${name}.xz`, xzStream, true] as const,
  ),
  ['plain.lzma', lzmaAloneStream, false],
  ['plain.bin.bz2', bzip2Stream, true],
  ['plain.bin.zst', zstdStream, true],
  ['plain.lz4', lz4FrameStream, true],
  ['plain.legacy.lz4', lz4FrameStream, false],
]

function collect(decode: Stream, input: Uint8Array, at = 0): { content: Buffer; end: StreamEnd } {
  const pieces: Buffer[] = []
  const end = decode(memoryBytes(input), at, (chunk) => pieces.push(Buffer.from(chunk)))
  return { content: Buffer.concat(pieces), end }
}

describe.each(STREAMS)('the stream %s', (name, decode, checked) => {
  const input = fixture(name)

  it('comes out as the reference tool put it in, with its exact end', () => {
    const { content, end } = collect(
      decode,
      Buffer.concat([Buffer.from('head'), input, Buffer.from('\x01tail of something else')]),
      4,
    )
    expect(content.equals(plain)).toBe(true)
    expect(end).toEqual({ end: 4 + input.length, checksum: checked ? 'matches' : 'none' })
  })

  it('cut at every byte, gives what came before and says so', () => {
    for (let cut = 0; cut < input.length; cut += input.length > 3000 ? 7 : 1) {
      const { content, end } = collect(decode, input.subarray(0, cut))
      // A legacy LZ4 file does not say where it ends; a .lzma file is whole when its last byte is a spare one.
      if (name !== 'plain.legacy.lz4' && cut < input.length - 8)
        expect(end.problem, `cut at ${cut}`).toBeDefined()
      expect(plain.subarray(0, content.length).equals(content), `cut at ${cut}`).toBe(true)
      expect(end.end).toBeLessThanOrEqual(Math.max(cut, 13))
    }
  })

  it('survives any damage, and never calls a changed content whole', () => {
    fc.assert(
      fc.property(fc.nat(input.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(input)
        damaged[at] = (damaged[at] as number) ^ change
        const { content, end } = collect(decode, damaged)
        if (checked && end.checksum === 'matches' && !end.problem)
          expect(content.equals(plain), `byte ${at}`).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('stops when the receiver has had enough, and works again afterwards', () => {
    let got = 0
    const stop = () =>
      decode(memoryBytes(input), 0, (chunk) => {
        got += chunk.length
        throw new RangeError('enough')
      })
    expect(stop).toThrow(RangeError)
    expect(got).toBeGreaterThan(0)
    expect(collect(decode, input).content.equals(plain)).toBe(true)
  })

  it('is not found in noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const { end } = collect(decode, noise)
        expect(end.end).toBeLessThanOrEqual(Math.max(noise.length, 13))
      }),
      { numRuns: 100 },
    )
  })
})

describe('several streams behind each other', () => {
  it.each([
    ['plain.bin.gz', gzipStream],
    ['plain.bin.xz', xzStream],
    ['plain.bin.bz2', bzip2Stream],
    ['plain.bin.zst', zstdStream],
    ['plain.lz4', lz4FrameStream],
  ] as const)('are one content: %s', (name, decode) => {
    const input = fixture(name)
    const { content, end } = collect(decode, Buffer.concat([input, input]))
    expect(content.equals(Buffer.concat([plain, plain]))).toBe(true)
    expect(end.end).toBe(input.length * 2)
  })

  it('of xz may have padding between them, which is not part of the last one', () => {
    const input = fixture('plain.bin.xz')
    const { content, end } = collect(
      xzStream,
      Buffer.concat([input, Buffer.alloc(8), input, Buffer.alloc(16)]),
    )
    expect(content.length).toBe(plain.length * 2)
    expect(end.end).toBe(input.length * 2 + 8)
  })
})

type Block = (input: Uint8Array, output: Uint8Array) => number

const BLOCKS: readonly (readonly [name: string, decode: Block, input: Buffer])[] = [
  ['xz', xzBlock, fixture('plain.bin.xz')],
  ['xz with a filter', xzBlock, fixture('plain.arm.xz')],
  ['lzma', lzmaAloneBlock, fixture('plain.lzma')],
  ['lzo', lzo1x, fixture('plain.lzo1x')],
  ['zlib', zlibBlock, deflateSync(plain)],
  ['deflate', inflateRaw, deflateRawSync(plain)],
  ['zstd', zstdBlock, zstdCompressSync(plain)],
]

describe.each(BLOCKS)('the block %s', (_name, decode, input) => {
  it('comes out whole, also between shared memories', () => {
    const output = new Uint8Array(plain.length)
    expect(decode(input, output)).toBe(plain.length)
    expect(plain.equals(output)).toBe(true)
    const shared = (bytes: Uint8Array) => {
      const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
      copy.set(bytes)
      return copy
    }
    const sharedOutput = shared(new Uint8Array(plain.length))
    expect(decode(shared(input), sharedOutput)).toBe(plain.length)
    expect(Buffer.from(sharedOutput).equals(plain)).toBe(true)
  })

  it('never writes more than there is room for', () => {
    for (const room of [0, 1, 100, plain.length - 1]) {
      const guarded = new Uint8Array(plain.length + 64).fill(0x5a)
      expect(() => decode(input, guarded.subarray(0, room)), `${room}`).toThrow(DecodeError)
      expect(guarded.subarray(room).every((byte) => byte === 0x5a)).toBe(true)
    }
  })

  it('throws nothing but its own error, whatever is cut or changed', () => {
    const output = new Uint8Array(plain.length)
    fc.assert(
      fc.property(fc.nat(input.length), fc.nat(input.length - 1), fc.nat(255), (cut, at, change) => {
        const damaged = Buffer.from(input)
        damaged[at] = (damaged[at] as number) ^ change
        try {
          expect(decode(damaged.subarray(0, cut), output)).toBeLessThanOrEqual(output.length)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('long streams', () => {
  it('of deflate keep their history over many windows', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 0, max: 9 }), (seed, level) => {
        const content = Buffer.alloc(3_000_000)
        for (let i = 0; i < content.length; i++)
          content[i] = i % 7 === 0 ? (i * seed) >> 9 : (content[Math.max(0, i - 30_000)] as number)
        const pieces: Buffer[] = []
        const input = deflateRawSync(content, { level })
        const end = inflateStream(memoryBytes(input), 0, (chunk) => pieces.push(Buffer.from(chunk)))
        expect(end).toBe(input.length)
        expect(Buffer.concat(pieces).equals(content)).toBe(true)
      }),
      { numRuns: 8 },
    )
  })

  it('of deflate may store a block directly behind where a window ends', () => {
    for (let length = 90; length < 110; length++) {
      // Headers of stored blocks lie everywhere.
      const content = Buffer.alloc(length * 3000)
      for (let i = 0; i < content.length; i++) content[i] = Math.imul(i, 0x9e37_79b1) >>> 24
      const blocks = Array.from({ length: 3000 }, (_, index) => [
        Buffer.from([index === 2999 ? 1 : 0, length, 0, ~length & 0xff, 0xff]),
        content.subarray(index * length, (index + 1) * length),
      ])
      const pieces: Buffer[] = []
      inflateStream(memoryBytes(Buffer.concat(blocks.flat())), 0, (chunk) => pieces.push(Buffer.from(chunk)))
      expect(Buffer.concat(pieces).equals(content), `blocks of ${length}`).toBe(true)
    }
  })

  it('of zeros are delivered in pieces, so that a bomb can be stopped', () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
    let got = 0
    const stop = () =>
      inflateStream(memoryBytes(bomb), 0, (chunk) => {
        got += chunk.length
        if (got > 5_000_000) throw new RangeError('enough')
      })
    expect(stop).toThrow(RangeError)
    expect(got).toBeLessThan(7_000_000)
  })

  it('ask for dictionaries that are refused by name when they are too large', () => {
    const input = Buffer.from(fixture('plain.lzma'))
    input.writeUInt32LE(0x8000_0000, 1)
    input.fill(0xff, 5, 13)
    expect(collect(lzmaAloneStream, input).end.problem).toMatchObject({ code: 'unsupported' })
  })
})
