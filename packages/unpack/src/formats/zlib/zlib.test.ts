import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { countingBytes } from '../../testing/counting.ts'
import { fixture } from '../../testing/fixtures.ts'
import { streamSuite } from '../../testing/streams.ts'
import { zlib } from './index.ts'
import { seekZlib } from './seek.ts'

const NOISE = Buffer.concat(
  Array.from({ length: 2048 }, (_, index) => createHash('sha256').update(`${index}`).digest()),
)
const STREAM = fixture('zlib', 'numbers-default.zlib')

function seek(content: Buffer, start = 0, end = content.length): readonly number[] {
  return [...seekZlib(memoryBytes(content), { start, end })]
}

describe('zlib', () => {
  streamSuite(zlib, () => true)

  it('is found in a stretch, also across the border of two windows', () => {
    const at = 256 * 1024 - 1
    const image = Buffer.concat([Buffer.alloc(at, 'x'), STREAM, NOISE, STREAM])
    expect(seek(image)).toEqual([at, at + STREAM.length + NOISE.length])
    expect(seek(image, at + 1)).toEqual([at + STREAM.length + NOISE.length])
  })

  it.each(['numbers-none', 'numbers-fast', 'numbers-best', 'window-9', 'window-12'])(
    'is found whatever its window and its first block are: %s',
    (name) => {
      const stream = fixture('zlib', `${name}.zlib`)
      expect(seek(Buffer.concat([NOISE, stream, NOISE]))).toEqual([NOISE.length])
      expect(seek(Buffer.concat([NOISE, stream]))).toEqual([NOISE.length])
    },
  )

  it('is found where the first block has codes that were told before', () => {
    const stream = deflateSync(Buffer.from('told before, and told again; '.repeat(9)), { strategy: 4 })
    expect(seek(Buffer.concat([NOISE, stream, NOISE]))).toEqual([NOISE.length])
  })

  it('is not taken in noise, beyond the stretch, or where the Adler-32 differs', () => {
    expect(seek(NOISE)).toEqual([])
    expect(seek(STREAM, 0, STREAM.length - 1)).toEqual([])
    const damaged = Buffer.from(STREAM)
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] as number) ^ 1
    expect(seek(damaged)).toEqual([])
  })

  it('is not taken where next to nothing comes out', () => {
    expect(seek(Buffer.concat([deflateSync(''), deflateSync('x'.repeat(63)), NOISE]))).toEqual([])
    expect(seek(Buffer.concat([deflateSync('x'.repeat(64)), NOISE]))).toEqual([0])
  })

  it('is left alone in pictures and documents', () => {
    expect(seek(Buffer.concat([Buffer.from('%PDF-1.7 '), STREAM]))).toEqual([])
    expect(seek(Buffer.concat([Buffer.from('noise IDAT'), STREAM]))).toEqual([])
    expect(seek(Buffer.concat([Buffer.from('stream\r\n'), STREAM]))).toEqual([])
  })

  it('costs no more than a share of the stretch, however many beginnings there are', () => {
    // Each begins a stream that goes on through all the others, and has no Adler-32.
    const begin = deflateSync(NOISE.subarray(0, 9000), { level: 0 }).subarray(0, 9)
    const content = Buffer.concat(Array.from({ length: 60_000 }, () => begin))
    const bytes = countingBytes(content, 1_000_000, 200 * content.length)
    expect([...seekZlib(bytes, { start: 0, end: content.length })]).toEqual([])
  })
})
