import { createHash } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { androidSuper } from './index.ts'
import { readSuper } from './layout.ts'

const SYSTEM = Buffer.alloc(16_384)
SYSTEM.write(lines(1, 3000).slice(0, 12_288))
const VENDOR = Buffer.alloc(12_288)
VENDOR.write(lines(5, 2000).slice(0, 8192))
/** Of fixtures with two slots of 4096 bytes: where the copies of the metadata lie. */
const COPIES = [12_288, 16_384, 20_480, 24_576]
/** Behind the header: the extents of the first and of the second of three partitions. */
const EXTENTS = 12_288 + 128 + 3 * 52

function sectors(first: number, count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      Buffer.from(`sector ${first + index}\n`.repeat(99).slice(0, 512)),
    ),
  )
}

function read(image: Uint8Array) {
  const collected = collect(androidSuper, image)
  const { 'metadata.json': metadata, ...partitions } = Object.fromEntries(collected.contents)
  return { ...collected, metadata: JSON.parse(String(metadata)) as Record<string, unknown>, partitions }
}

/** Writes into the tables of the first copy, and makes its checksums right. */
function changed(at: number, value: number): Buffer {
  const image = fixture('android-super', 'super.img')
  image.writeUInt32LE(value, at)
  const copy = image.subarray(COPIES[0] as number)
  const tables = copy.subarray(128, 128 + copy.readUInt32LE(44))
  createHash('sha256').update(tables).digest().copy(copy, 48)
  copy.fill(0, 12, 44)
  createHash('sha256').update(copy.subarray(0, 128)).digest().copy(copy, 12)
  return image
}

describe('android-super', () => {
  it('gives the partitions that lpmake was told', () => {
    const { metadata, partitions, problems, region, slices } = read(fixture('android-super', 'super.img'))
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: 131_072 })
    expect(Object.keys(partitions)).toEqual(['system_a', 'vendor_a', 'system_b'])
    expect(partitions.system_a?.equals(SYSTEM)).toBe(true)
    expect(partitions.vendor_a?.equals(VENDOR)).toBe(true)
    expect(partitions.system_b?.length).toBe(0)
    expect([...slices.keys()]).toEqual(['system_a', 'vendor_a'])
    expect(metadata).toMatchObject({
      metadataSize: 4096,
      slots: [
        {
          slot: 0,
          minorVersion: 0,
          groups: [
            { name: 'default', maximum: 0 },
            { name: 'main', maximum: 65_536 },
          ],
          blockDevices: [{ name: 'super', size: 131_072, firstAt: 28_672 }],
          partitions: [
            { name: 'system_a', group: 'main', readonly: true, size: 16_384 },
            { name: 'vendor_a', size: 12_288 },
            { name: 'system_b', size: 0, extents: [] },
          ],
        },
      ],
    })
  })

  it('puts stretches and zeros together, and keeps slots apart that differ', () => {
    const { partitions, problems } = read(fixture('android-super', 'extents.img'))
    expect(problems).toEqual([])
    expect(partitions).toEqual({
      first: Buffer.concat([sectors(56, 16), sectors(80, 24)]),
      second: sectors(72, 8),
      zeros: Buffer.concat([Buffer.alloc(8192), sectors(104, 8)]),
      'slot-1/first': sectors(56, 8),
    })
  })

  it('reads metadata without contents', () => {
    const { metadata, partitions, problems } = read(fixture('android-super', 'super_empty.img'))
    expect(problems).toEqual([])
    expect(partitions).toEqual({})
    expect(metadata).toMatchObject({
      slots: [
        {
          minorVersion: 2,
          flags: 1,
          partitions: [{ name: 'system_a', readonly: true }, { name: 'vendor_a' }],
        },
      ],
    })
  })

  it.each([
    ['the geometry', [4104]],
    ['the metadata', [COPIES[0] as number]],
    ['the tables', [EXTENTS]],
    ['both', [4104, (COPIES[0] as number) + 20]],
  ])('reads the backup where %s is damaged', (_what, places) => {
    const image = fixture('android-super', 'super.img')
    for (const at of places) image[at] = (image[at] as number) ^ 1
    const { partitions, problems } = read(image)
    expect(problems.map(({ code, path }) => [code, path])).toEqual(
      places.map(() => ['checksum', 'metadata.json']),
    )
    expect(partitions.system_a?.equals(SYSTEM)).toBe(true)
  })

  it('reads what can be where both copies of a slot are damaged', () => {
    const image = fixture('android-super', 'super.img')
    for (const at of [COPIES[0], COPIES[2]] as number[]) image[at + 128] = 0x53
    const { partitions, problems } = read(image)
    expect(problems).toMatchObject([{ code: 'checksum' }])
    expect(partitions.System_a?.equals(SYSTEM)).toBe(true)
    // The other slot is whole: its tables differ now.
    expect(partitions['slot-1/system_a']?.equals(SYSTEM)).toBe(true)
  })

  it('does without a slot that has no metadata', () => {
    const image = fixture('android-super', 'super.img')
    for (const at of [COPIES[0], COPIES[2]] as number[]) image.fill(0, at, at + 4)
    expect(readSuper(memoryBytes(image), 0)?.slots[0]).toBeUndefined()
    expect(read(image).partitions.system_a?.equals(SYSTEM)).toBe(true)
  })

  it('tells what cannot be, or is not there', () => {
    const other = read(changed(EXTENTS + 20, 1))
    expect(other.problems).toMatchObject([{ code: 'unsupported', path: 'system_a' }])
    const unknown = read(changed(EXTENTS + 8, 7))
    expect(unknown.problems).toMatchObject([{ code: 'structure', path: 'system_a' }])
    const outside = read(changed(EXTENTS + 12, 9999))
    expect(outside.problems).toMatchObject([{ code: 'truncated', path: 'system_a' }])
    const shared = read(changed(12_288 + 128 + 52 + 44, 99))
    expect(shared.problems.filter(({ code }) => code === 'structure').map(({ path }) => path)).toContain(
      'vendor_a',
    )
    expect(shared.partitions.system_a?.equals(SYSTEM)).toBe(true)
  })

  it('still gives what lies before a cut', () => {
    const { partitions, problems } = read(fixture('android-super', 'super.img').subarray(0, 46_000))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'vendor_a' }])
    expect(partitions.system_a?.equals(SYSTEM)).toBe(true)
    expect(partitions.vendor_a?.equals(VENDOR.subarray(0, 46_000 - 45_056))).toBe(true)
  })
})

for (const name of ['super.img', 'extents.img']) {
  hostileSuite({ format: androidSuper, fixture: fixture('android-super', name).subarray(0, 65_536) })
}
hostileSuite({
  format: androidSuper,
  fixture: fixture('android-super', 'super_empty.img'),
  needsItsEnd: 'there is nothing but metadata, which is read as a whole',
})
