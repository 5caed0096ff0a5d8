import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { streamSuite } from '../../testing/streams.ts'
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

  it('finds the name behind an extra field, and believes none without an end', () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 0x0c, 0, 0, 0, 0, 0, 3])
    expect(nameOf(Buffer.concat([header, Buffer.from('\x03\0abcname\0rest', 'latin1')]))).toBe('name')
    expect(
      nameOf(Buffer.concat([header, Buffer.from(`\x03\0abc${'n'.repeat(4000)}\0`, 'latin1')])),
    ).toBeUndefined()
  })
})
