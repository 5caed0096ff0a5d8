import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { LINES, streamSuite } from '../../testing/streams.ts'
import { lrzip } from './index.ts'

function decode(content: Buffer) {
  return collectStream((write) => lrzip.decode(memoryBytes(content), 0, write))
}

describe('lrzip', () => {
  it('takes the size of the content for that of a chunk that does not tell its own', () => {
    const packed = fixture('lrzip', 'lzma.lrz')
    const told = decode(packed).content
    packed.fill(0, 26, 26 + (packed[24] as number))
    expect(decode(packed).content.equals(told)).toBe(true)
  })

  streamSuite(lrzip, () => true)

  it('tells sums that differ', () => {
    const file = fixture('lrzip', 'stored.lrz')
    const last = file.length - 1
    file[last] = (file[last] as number) ^ 1
    expect(decode(file).end).toMatchObject({
      end: file.length,
      checksum: 'differs',
      problem: { code: 'checksum' },
    })
    file[file.indexOf('1000')] = 0x32
    const { content, end } = decode(file)
    expect(end.problem).toMatchObject({ code: 'checksum', message: 'the CRC of a chunk differs' })
    expect(content.length).toBe(LINES.length)
  })

  it('names what ZPAQ packed, and what is encrypted', () => {
    const file = fixture('lrzip', 'lzma.lrz')
    file[file.indexOf(6, 24)] = 8
    expect(decode(file).end.problem).toMatchObject({ code: 'unsupported' })
    file[22] = 1
    expect(decode(file).end.problem).toMatchObject({ code: 'unsupported', message: 'lrzip: encrypted' })
  })
})

for (const { content } of fixturesOf('lrzip', 'positive')) hostileSuite({ format: lrzip, fixture: content })
