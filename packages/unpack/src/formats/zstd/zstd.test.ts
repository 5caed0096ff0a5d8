import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { streamSuite } from '../../testing/streams.ts'
import { zstd } from './index.ts'

describe('zstd', () => {
  streamSuite(zstd, () => true)

  it('gives nothing of a frame beyond the size that it announces: code with its magic is none', () => {
    // A window of 1 KiB, 256 + 10 bytes announced, and one last block of 300 bytes that are stored.
    const block = (300 << 3) | 1
    const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x40, 0, 10, 0, block & 0xff, block >> 8, 0])
    const frame = Buffer.concat([header, Buffer.alloc(300, 'x')])
    const { content, end } = collectStream((write) => zstd.decode(memoryBytes(frame), 0, write))
    expect(content).toHaveLength(0)
    expect(end.problem).toEqual({ code: 'corrupt', message: 'zstd: a frame of 266 bytes holds 300' })
  })
})
