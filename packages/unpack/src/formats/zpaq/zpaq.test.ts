import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { zpaq } from './index.ts'

describe('zpaq', () => {
  it.each(fixturesOf('zpaq', 'positive'))('goes through all blocks of $name to their end', ({ content }) => {
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(50), content, Buffer.alloc(50, 7)]))
    expect(zpaq.recognise(bytes, 50)).toEqual({ start: 50, end: 50 + content.length })
  })

  it('ends before a block that is cut off', () => {
    const archive = fixture('zpaq', 'method-3.zpaq')
    const last = archive.lastIndexOf('7kSt\xa01', undefined, 'latin1')
    expect(zpaq.recognise(memoryBytes(archive.subarray(0, -1)), 0)).toEqual({ start: 0, end: last })
    expect(zpaq.recognise(memoryBytes(archive.subarray(0, 40)), 0)).toBeUndefined()
  })

  it('says that it unpacks nothing', () => {
    const told: string[] = []
    const bytes = memoryBytes(fixture('zpaq', 'method-3.zpaq'))
    zpaq.examine?.(bytes, { start: 0, end: bytes.size }, (code) => told.push(code))
    expect(told).toEqual(['unsupported'])
  })
})

for (const { content } of fixturesOf('zpaq', 'positive')) hostileSuite({ format: zpaq, fixture: content })
