import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { LINES, streamSuite } from '../../testing/streams.ts'
import { gzip } from './index.ts'

function nameOf(content: Buffer): string | undefined {
  return gzip.contentName?.(memoryBytes(content), 0)
}

describe('gzip', () => {
  streamSuite(gzip, () => true)

  it('tells the name that the header has', () => {
    expect(nameOf(fixture('gzip', 'named.gz'))).toBe('numbers.txt')
    expect(nameOf(fixture('gzip', 'nameless.gz'))).toBeUndefined()
  })

  it('ends a member whose CRC differs where it ends', () => {
    const content = fixture('gzip', 'named.gz')
    const at = content.length - 8
    content[at] = (content[at] as number) ^ 1
    const bytes = memoryBytes(Buffer.concat([content, Buffer.alloc(50, 0x55)]))
    const { content: lines, end } = collectStream((write) => gzip.decode(bytes, 0, write))
    expect(end).toMatchObject({ end: content.length, checksum: 'differs', problem: { code: 'checksum' } })
    expect(lines.toString()).toBe(LINES)
  })

  it('finds the name behind an extra field, and believes none without an end', () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 0x0c, 0, 0, 0, 0, 0, 3])
    expect(nameOf(Buffer.concat([header, Buffer.from('\x03\0abcname\0rest', 'latin1')]))).toBe('name')
    expect(
      nameOf(Buffer.concat([header, Buffer.from(`\x03\0abc${'n'.repeat(4000)}\0`, 'latin1')])),
    ).toBeUndefined()
  })
})
