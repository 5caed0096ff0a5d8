import { createHash } from 'node:crypto'
import { type Bytes, type Extent, mappedBytes, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { EntryMeta, Sink } from '../../contract.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { readGeometry } from './blocks.ts'
import { ubiCrc } from './headers.ts'
import { ubi } from './index.ts'

/** Of volumes.ubi, in bytes. */
const BLOCK = 2048
const DATA_AT = 128

const KERNEL = Array.from({ length: 900 }, (_, index) => `${index + 1}\n`).join('')
const DATA = Buffer.concat(
  Array.from({ length: 250 }, (_, index) =>
    createHash('sha256')
      .update(`${index + 1}\n`)
      .digest()
      .subarray(0, 20),
  ),
)

interface Change {
  readonly sequence: bigint
  readonly copied: boolean
  readonly content: string
}

/** A copy of one block with another content, as wear-levelling or a later write makes it. */
function changed(block: Buffer, { sequence, copied, content }: Change): Buffer {
  const copy = Buffer.from(block)
  copy.write(content, DATA_AT, 'latin1')
  copy[64 + 6] = copied ? 1 : 0
  copy.writeUInt32BE(content.length, 64 + 20)
  copy.writeUInt32BE(ubiCrc(Buffer.from(content, 'latin1')), 64 + 32)
  copy.writeBigUInt64BE(sequence, 64 + 40)
  copy.writeUInt32BE(ubiCrc(copy.subarray(64, 124)), 64 + 60)
  return copy
}

describe('ubi', () => {
  it('puts volumes together under their names', () => {
    const { contents, problems } = collect(ubi, fixture('ubi', 'volumes.ubi'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel', 'root fs', 'rootfs_data'])
    expect(contents.get('kernel')?.toString()).toBe(KERNEL)
    expect(contents.get('root fs')).toHaveLength(3 * (BLOCK - DATA_AT))
    expect(contents.get('root fs')?.subarray(0, DATA.length)).toEqual(DATA)
    expect(
      contents
        .get('root fs')
        ?.subarray(DATA.length)
        .every((byte) => byte === 0xff),
    ).toBe(true)
    expect(contents.get('rootfs_data')).toHaveLength(0)
  })

  it('reads headers in pages of their own, and blocks of any size', () => {
    const image = fixture('ubi', 'pages.ubi')
    expect(readGeometry(memoryBytes(image), 0)).toMatchObject({ blockSize: 3584, vidAt: 512, dataAt: 1024 })
    const { contents, problems } = collect(ubi, image)
    expect(problems).toEqual([])
    expect(contents.get('kernel')?.toString()).toBe(KERNEL)
  })

  it('puts blocks into their order, however they lie, between bad and erased ones', () => {
    const image = fixture('ubi', 'volumes.ubi')
    const blocks = Array.from({ length: 7 }, (_, index) => image.subarray(index * BLOCK, (index + 1) * BLOCK))
    const [bad, erased] = [Buffer.alloc(BLOCK, 0x00), Buffer.alloc(BLOCK, 0xff)]
    const mixed = [5, 0, 3, 6].flatMap((index) => [blocks[index] as Buffer, bad, erased])
    const rest = [1, 4, 2].map((index) => blocks[index] as Buffer)
    const found = collect(ubi, Buffer.concat([...mixed, ...rest, erased]))
    expect(found.problems).toMatchObject([{ code: 'checksum' }])
    expect(found.region.end).toBe(15 * BLOCK)
    expect(found.contents.get('kernel')?.toString()).toBe(KERNEL)
    expect(found.contents.get('root fs')?.subarray(0, DATA.length)).toEqual(DATA)
  })

  it('reads what Linux wrote with a fastmap, over and over, and renamed', () => {
    const { contents, problems, region } = collect(ubi, fixture('ubi', 'fastmap.ubi'))
    expect(problems).toEqual([])
    expect(region.end).toBe(72 * 16 * 1024)
    expect([...contents.keys()]).toEqual(['boot', 'data'])
    expect(contents.get('boot')?.toString()).toBe(lines(1, 4000))
    expect(contents.get('data')?.subarray(0, DATA.length)).toEqual(DATA)
  })

  it('takes the newer one of two blocks, but no copy that was not finished', () => {
    const image = fixture('ubi', 'volumes.ubi')
    const block = image.subarray(4 * BLOCK, 5 * BLOCK)
    const newer = changed(block, { sequence: 5n, copied: false, content: 'written later' })
    const copy = changed(block, { sequence: 6n, copied: true, content: 'copied' })
    const broken = changed(block, { sequence: 7n, copied: true, content: 'torn' })
    broken.write('T', DATA_AT)
    const start = (...more: readonly Buffer[]) =>
      collect(ubi, Buffer.concat([image, ...more]))
        .contents.get('root fs')
        ?.toString('latin1', 0, 13)
    expect(start(newer)).toBe('written later')
    expect(start(copy, newer)?.startsWith('copied')).toBe(true)
    expect(start(broken, newer)).toBe('written later')
  })

  it('tells missing and damaged blocks of static volumes', () => {
    const image = fixture('ubi', 'volumes.ubi')
    const lacking = Buffer.concat([image.subarray(0, 2 * BLOCK), image.subarray(3 * BLOCK)])
    const found = collect(ubi, lacking)
    expect(found.problems).toMatchObject([
      { code: 'structure', message: '1 of its 2 blocks are missing', path: 'kernel' },
    ])
    expect(found.contents.get('kernel')?.toString('latin1', BLOCK - DATA_AT)).toBe(
      KERNEL.slice(BLOCK - DATA_AT),
    )
    image[2 * BLOCK + DATA_AT] = 0
    expect(collect(ubi, image).problems).toMatchObject([{ code: 'checksum', path: 'kernel' }])
  })

  it('reads the second copy of the volume table, and names volumes without it', () => {
    const image = fixture('ubi', 'volumes.ubi')
    image[DATA_AT + 20] = 0
    const second = collect(ubi, image)
    expect(second.problems).toMatchObject([{ code: 'checksum' }])
    expect([...second.contents.keys()]).toEqual(['kernel', 'root fs', 'rootfs_data'])
    image[BLOCK + DATA_AT + 20] = 0
    const none = collect(ubi, image)
    expect([...none.contents.keys()]).toEqual(['volume-0', 'volume-3'])
    expect(none.contents.get('volume-0')?.toString()).toBe(KERNEL)
  })

  it('tells blocks that are cut off', () => {
    const { contents, problems } = collect(ubi, fixture('ubi', 'volumes.ubi').subarray(0, 3 * BLOCK + 1000))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'kernel' }])
    expect(contents.get('kernel')?.toString()).toBe(KERNEL.slice(0, BLOCK - DATA_AT + 1000 - DATA_AT))
  })

  it('holds no large volume in memory', () => {
    const end = 70 * 1024 * 1024
    const parts = [
      { from: 0, to: 0, length: 4 },
      { from: 8, to: end - 4, length: 4 },
    ]
    const image = memoryBytes(Buffer.from('head....tail'))
    let volume: Bytes | undefined
    const sink = {
      mapped: (_meta: EntryMeta, size: number, extents: readonly Extent[]) => {
        volume = mappedBytes(image, size, extents)
      },
    } as unknown as Sink
    ubi.read(image, { start: 0, end: image.size }, { name: 'root', size: end, parts }, sink)
    expect(Buffer.from(volume?.view(0, 6) ?? []).toString('latin1')).toBe('head\xff\xff')
    expect(Buffer.from(volume?.view(end - 6, 6) ?? []).toString('latin1')).toBe('\xff\xfftail')
  })

  it('ends where another image begins', () => {
    const image = fixture('ubi', 'volumes.ubi')
    const other = Buffer.from(image)
    for (let at = 0; at < other.length; at += BLOCK) {
      other.writeUInt32BE(1234, at + 24)
      other.writeUInt32BE(ubiCrc(other.subarray(at, at + 60)), at + 60)
    }
    const both = memoryBytes(Buffer.concat([image, other]))
    expect(ubi.recognise(both, 0)?.end).toBe(image.length)
    expect(ubi.recognise(both, image.length)?.end).toBe(2 * image.length)
  })
})

hostileSuite({ format: ubi, fixture: fixture('ubi', 'pages.ubi') })
