import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { mbr } from './index.ts'

function shown(image: Buffer) {
  const { contents, slices, problems } = collect(mbr, image)
  expect(problems).toEqual([])
  return [...contents].map(([path, content]) => [
    path,
    (slices.get(path) ?? 0) / 512 - content.length / 512,
    content.length / 512,
    content.toString('latin1', 0, 5).replaceAll('\0', ''),
  ])
}

describe('mbr', () => {
  it('shows the partitions of a disk, and what lies between them', () => {
    expect(shown(fixture('mbr', 'primary.img'))).toEqual([
      ['partition-1', 64, 512, 'boot'],
      ['partition-2', 576, 1472, 'root'],
      ['unpartitioned-0x200', 1, 63, ''],
    ])
  })

  it('follows the chain of logical partitions', () => {
    expect(shown(fixture('mbr', 'logical.img'))).toEqual([
      ['partition-1', 64, 64, 'first'],
      ['partition-5', 192, 64, 'fifth'],
      ['partition-6', 320, 3776, 'sixth'],
    ])
  })

  it('ends a chain that leads back to itself', () => {
    const image = fixture('mbr', 'logical.img')
    // The record of the next table in the first one of the chain.
    image.writeUInt32LE(0, 128 * 512 + 446 + 16 + 8)
    const { contents, problems } = collect(mbr, image)
    expect(problems).toMatchObject([{ code: 'loop' }])
    expect([...contents.keys()]).toContain('partition-5')
  })

  it('reaches to the end of a logical partition behind the extended one', () => {
    const image = Buffer.concat([fixture('mbr', 'logical.img'), Buffer.alloc(64 * 512, 'x')])
    const sectors = image.length / 512
    // The size of the first logical partition, told by the first table of the chain at sector 128.
    image.writeUInt32LE(sectors - 192, 128 * 512 + 446 + 12)
    const { contents, problems } = collect(mbr, image)
    expect(contents.get('partition-5')).toHaveLength((sectors - 192) * 512)
    expect(problems).toMatchObject([{ code: 'structure', path: 'partition-6' }])
  })

  it('tells of partitions that are cut off', () => {
    const { contents, problems } = collect(mbr, fixture('mbr', 'primary.img').subarray(0, 600 * 512))
    expect(contents.get('partition-2')).toHaveLength(24 * 512)
    expect(problems).toMatchObject([{ code: 'truncated', path: 'partition-2' }])
  })
})

hostileSuite({ format: mbr, fixture: fixture('mbr', 'logical.img').subarray(0, 400 * 512) })
