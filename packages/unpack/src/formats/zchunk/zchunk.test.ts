import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zchunk } from './index.ts'
import { parseZchunk } from './parse.ts'

const PACKED = fixture('zchunk', 'sha512.zck')
const PLAIN = fixture('zchunk', 'plain.zck')
const STORED = fixture('zchunk', 'stored.zck')
const headerEndOf = (file: Buffer) => parseZchunk(memoryBytes(file), 0)?.headerEnd ?? 0

describe('zchunk', () => {
  it.each(['sha512.zck', 'plain.zck', 'stored.zck', 'trained.zck', 'raw.zck'])(
    'puts the chunks of %s together, behind a dictionary where there is one',
    (name) => {
      const image = fixture('zchunk', name)
      const { contents, problems, region } = collect(zchunk, image)
      expect(problems).toEqual([])
      expect(region).toEqual({ start: 0, end: image.length })
      expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
        ['content', lines(1, 4000)],
      ])
    },
  )

  it('takes a header that stands alone for whole, by either magic', () => {
    const header = PLAIN.subarray(0, headerEndOf(PLAIN))
    const detached = Buffer.from(header)
    detached.write('ZHR', 1, 'latin1')
    for (const image of [header, detached, Buffer.concat([detached, Buffer.from('something else')])]) {
      const { entries, problems, region } = collect(zchunk, image)
      expect({ entries, problems, region }).toEqual({
        entries: [],
        problems: [],
        region: { start: 0, end: header.length },
      })
    }
  })

  it('tells what differs: the header, a chunk, and all of it', () => {
    const header = Buffer.from(PACKED)
    header[20] = (header[20] as number) ^ 1
    expect(collect(zchunk, header).problems).toEqual([
      { code: 'checksum', message: 'the digest of the header differs' },
    ])
    const chunk = Buffer.from(STORED)
    chunk[headerEndOf(chunk) + 30] = 0
    expect(collect(zchunk, chunk).problems).toMatchObject([
      { message: 'the digest of chunk 1 differs', path: 'content' },
    ])
    const data = Buffer.from(STORED)
    // Its digest of all data, and with it that of its header.
    data[5 + 1 + 2 + 32] = (data[5 + 1 + 2 + 32] as number) ^ 1
    expect(collect(zchunk, data).problems.map(({ message }) => message)).toEqual([
      'the digest of the header differs',
      'the digest of its data differs',
    ])
  })

  it('gives the chunks before one that is damaged or cut off', () => {
    const whole = parseZchunk(memoryBytes(PACKED), 0)
    const third = whole?.chunks[2]
    const before = (whole?.chunks[0]?.size ?? 0) + (whole?.chunks[1]?.size ?? 0)
    expect(before).toBeGreaterThan(1000)
    const cut = collect(zchunk, PACKED.subarray(0, (third?.at ?? 0) + 10))
    expect(cut.problems).toMatchObject([{ message: 'the data ends early', path: 'content' }])
    expect(cut.contents.get('content')?.toString()).toBe(lines(1, 4000).slice(0, before))
    const damaged = Buffer.from(PLAIN)
    const at = parseZchunk(memoryBytes(PLAIN), 0)?.chunks[2]?.at ?? 0
    damaged.fill(0xff, at, at + 40)
    expect(collect(zchunk, damaged).problems).toMatchObject([
      { message: 'the digest of chunk 3 differs', path: 'content' },
    ])
  })
})

hostileSuite({
  format: zchunk,
  fixture: fixture('zchunk', 'trained.zck'),
  needsItsEnd: 'there is one content only',
})
