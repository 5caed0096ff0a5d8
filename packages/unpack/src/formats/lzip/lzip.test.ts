import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { LINES, streamSuite } from '../../testing/streams.ts'
import { lzip } from './index.ts'
import { parseLzipHeader } from './parse.ts'

function decode(content: Buffer) {
  return collectStream((write) => lzip.decode(memoryBytes(content), 0, write))
}

function header(coded: number): number | undefined {
  return parseLzipHeader(memoryBytes(Buffer.from([0x4c, 0x5a, 0x49, 0x50, 1, coded])), 0)
}

describe('lzip', () => {
  streamSuite(lzip, () => true)

  it('knows sizes of dictionaries, with and without a fraction', () => {
    expect([12, 29, (7 << 5) | 20, (3 << 5) | 16].map(header)).toEqual([4096, 2 ** 29, 589_824, 53_248])
    expect([11, 30, (1 << 5) | 12].map(header)).toEqual([undefined, undefined, undefined])
  })

  it('tells a CRC that differs, and ends where the member does', () => {
    const file = fixture('lzip', 'numbers.lz')
    file[file.length - 20] = (file[file.length - 20] as number) ^ 1
    const { content, end } = decode(Buffer.concat([file, Buffer.alloc(50)]))
    expect(content.toString()).toBe(LINES)
    expect(end).toMatchObject({ end: file.length, checksum: 'differs', problem: { code: 'checksum' } })
  })

  it('tells the size of a member that differs', () => {
    const file = fixture('lzip', 'members.lz')
    file[file.length - 8] = (file[file.length - 8] as number) ^ 1
    const { content, end } = decode(file)
    expect(content.toString()).toBe(LINES)
    expect(end.problem?.code).toBe('checksum')
  })
})
