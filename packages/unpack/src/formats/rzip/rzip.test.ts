import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { LINES, streamSuite } from '../../testing/streams.ts'
import { rzip } from './index.ts'

describe('rzip', () => {
  streamSuite(rzip, () => true)

  it('tells a sum that differs, and gives the content', () => {
    const file = fixture('rzip', 'stored.rz')
    const at = file.indexOf('1000\n1001')
    file[at] = 0x32
    const { content, end } = collectStream((write) => rzip.decode(memoryBytes(file), 0, write))
    expect(end).toMatchObject({
      checksum: 'differs',
      problem: { code: 'checksum', message: 'rzip: the CRC of a chunk differs' },
    })
    expect(content.length).toBe(LINES.length)
  })

  it('ends where nothing comes out of a chunk', () => {
    const series = (content: number, next: number) => {
      const head = Buffer.alloc(13)
      head[0] = 3
      head.writeUInt32LE(content, 1)
      head.writeUInt32LE(content, 5)
      head.writeUInt32LE(next, 9)
      return head
    }
    const header = fixture('rzip', 'empty.rz')
    header.writeUInt32BE(100, 6)
    // The order that ends a chunk, and the CRC-32 of nothing.
    const file = Buffer.concat([header, series(0, 26), series(0, 0), series(7, 0), Buffer.alloc(7)])
    const { end } = collectStream((write) => rzip.decode(memoryBytes(file), 0, write))
    expect(end.problem?.message).toBe('rzip: nothing comes out of a chunk')
  })
})
