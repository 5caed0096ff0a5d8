import { adler32, memoryBytes } from '@messlatte/bytes'
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

  it.each(['filtered.lzo', 'filtered-16.lzo'])('undoes the filter of %s', (name) => {
    const { content, end } = decode(fixture('lzop', name))
    expect(end).toMatchObject({ checksum: 'matches' })
    expect(content.equals(decode(fixture('lzop', 'adler.lzo')).content)).toBe(true)
  })

  it('undoes it in blocks that are stored as they are, each by itself', () => {
    const file = fixture('lzop', 'filtered.lzo')
    file.writeUInt32BE(file.readUInt32BE(17) & ~0x3, 17)
    file.writeUInt32BE(2, 21)
    const dataAt = 38 + 'numbers.txt'.length + 4
    file.writeUInt32BE(adler32(file.subarray(9, dataAt - 4)), dataAt - 4)
    const block = Buffer.from('\0\0\0\x05\0\0\0\x05ab\x01\x01\xff', 'latin1')
    const { content } = decode(Buffer.concat([file.subarray(0, dataAt), block, block, Buffer.alloc(4)]))
    expect(content.toString()).toBe('abbcaabbca')
  })

  it('says that there is no such filter', () => {
    const file = fixture('lzop', 'filtered.lzo')
    file.writeUInt32BE(17, 21)
    const end = 38 + 'numbers.txt'.length
    file.writeUInt32BE(adler32(file.subarray(9, end)), end)
    expect(decode(file).end.problem).toMatchObject({ code: 'unsupported' })
  })
})
