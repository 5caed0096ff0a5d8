import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { streamSuite } from '../../testing/streams.ts'
import { lzop } from './index.ts'
import { parseLzopBlock, parseLzopHeader } from './parse.ts'

function decode(content: Buffer) {
  return collectStream((write) => lzop.decode(memoryBytes(content), 0, write))
}

describe('lzop', () => {
  streamSuite(lzop, (name) => name !== 'no-checksum.lzo' && name !== 'empty.lzo')

  it('tells the name that is stored', () => {
    expect(lzop.contentName?.(memoryBytes(fixture('lzop', 'adler.lzo')), 0)).toBe('numbers.txt')
    expect(lzop.contentName?.(memoryBytes(fixture('lzop', 'empty.lzo')), 0)).toBe('')
  })

  it.each(['adler.lzo', 'crc.lzo'])('stops at a block of %s whose checksum differs', (name) => {
    const file = fixture('lzop', name)
    file[200] = (file[200] as number) ^ 1
    const { content, end } = decode(file)
    expect(content).toHaveLength(0)
    expect(end).toMatchObject({ checksum: 'differs', problem: { code: 'checksum' } })
  })

  it('takes stored blocks as they are, and compares their sum too', () => {
    const file = fixture('lzop', 'no-checksum.lzo')
    const { dataAt } = parseLzopHeader(memoryBytes(file), 0) as { dataAt: number }
    const block = Buffer.from('\0\0\0\x03\0\0\0\x03abc\0\0\0\0', 'latin1')
    expect(decode(Buffer.concat([file.subarray(0, dataAt), block])).content.toString()).toBe('abc')
    expect(parseLzopBlock(memoryBytes(Buffer.concat([block, block])), 0, 0x3)).toMatchObject({
      contentSums: [{ kind: 'adler', stored: 0x61626300 }],
      packedSums: [],
      dataAt: 12,
    })
  })

  it('gives a block no room that its bytes cannot fill', () => {
    const file = fixture('lzop', 'no-checksum.lzo')
    const { dataAt } = parseLzopHeader(memoryBytes(file), 0) as { dataAt: number }
    file.writeUInt32BE(0x0400_0000, dataAt)
    file.writeUInt32BE(99, dataAt + 4)
    expect(decode(file).end.problem).toMatchObject({ code: 'corrupt' })
  })

  it('says that a filter is not undone', () => {
    expect(decode(fixture('lzop', '../filtered.lzo')).end.problem).toMatchObject({ code: 'unsupported' })
  })
})
