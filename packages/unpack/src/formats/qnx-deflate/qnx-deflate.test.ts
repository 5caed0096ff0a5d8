import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qnxDeflate } from './index.ts'

function decoded(image: Buffer) {
  return collectStream((write) => qnxDeflate.decode(memoryBytes(image), 0, write))
}

describe('qnx-deflate', () => {
  it.each(['numbers.lzo', 'numbers.ucl'])('unpacks %s', (name) => {
    const image = fixture('qnx-deflate', name)
    const { content, end } = decoded(Buffer.concat([image, Buffer.alloc(100, 0xa5)]))
    expect(content.toString()).toBe(lines(1, 1500))
    expect(end).toEqual({ end: image.length, checksum: 'none' })
  })

  it('gives what comes before damage, and tells it', () => {
    const cut = decoded(fixture('qnx-deflate', 'numbers.lzo').subarray(0, -20))
    expect(cut.content.toString()).toBe(lines(1, 1500).slice(0, 4096))
    expect(cut.end.problem?.code).toBe('truncated')
    const longer = Buffer.from(fixture('qnx-deflate', 'numbers.ucl'))
    longer.writeUInt32LE(1_000_000, 8)
    expect(decoded(longer).end.problem?.message).toMatch(/1000000 bytes are announced, \d+ came out/)
  })
})

for (const name of ['numbers.lzo', 'numbers.ucl'])
  hostileSuite({ format: qnxDeflate, fixture: fixture('qnx-deflate', name) })
