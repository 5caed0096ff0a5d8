import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qcaLzma } from './index.ts'

function decoded(image: Buffer) {
  return collectStream((write) => qcaLzma.decode(memoryBytes(image), 0, write))
}

describe('qca-lzma', () => {
  it('gives its content', () => {
    const image = fixture('qca-lzma', 'adapter.bin')
    const { content, end } = decoded(Buffer.concat([image, Buffer.alloc(100)]))
    expect(end).toEqual({ end: image.length, checksum: 'none' })
    expect(content.toString()).toBe(lines(1, 2000))
  })

  it('tells what is cut off, and what is none', () => {
    const image = fixture('qca-lzma', 'adapter.bin')
    expect(decoded(image.subarray(0, -1)).end.problem?.code).toBe('truncated')
    image.fill(0xff, 16, 40)
    expect(decoded(image).end.problem?.code).toBe('corrupt')
  })
})

hostileSuite({ format: qcaLzma, fixture: fixture('qca-lzma', 'adapter.bin') })
