import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect, collectStream } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { apkV3 } from '../apk-v3/index.ts'
import { apkV3Packed } from './index.ts'

describe('apk-v3-packed', () => {
  it.each(fixturesOf('apk-v3-packed', 'positive'))('unpacks $name up to its exact end', ({ content }) => {
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(33, 0x55), content, Buffer.alloc(99, 0x55)]))
    const { content: unpacked, end } = collectStream((write) => apkV3Packed.decode(bytes, 33, write))
    expect(end).toMatchObject({ end: 33 + content.length })
    expect(end.problem).toBeUndefined()
    const { contents, problems } = collect(apkV3, unpacked)
    expect(problems).toEqual([])
    expect(contents.get('lines')?.toString()).toBe(lines(1, 3000))
  })

  it('delivers what comes before a cut, and says so', () => {
    const bytes = memoryBytes(fixture('apk-v3-packed', 'deflate.apk').subarray(0, 4000))
    expect(apkV3Packed.recognise(bytes, 0)).toBe(true)
    const { content, end } = collectStream((write) => apkV3Packed.decode(bytes, 0, write))
    expect(content.toString('latin1', 0, 8)).toBe('ADB.pckg')
    expect(end.problem).toMatchObject({ code: 'truncated' })
  })
})

for (const { content } of fixturesOf('apk-v3-packed', 'positive'))
  hostileSuite({ format: apkV3Packed, fixture: content })
