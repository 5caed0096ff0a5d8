import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { mediatekPartition } from './index.ts'

describe('mediatek-partition', () => {
  it('gives what mkimage put into it', () => {
    const image = fixture('mediatek-partition', 'mkimage.bin')
    const { region, contents, problems } = collect(mediatekPartition, image)
    expect(problems).toEqual([])
    expect(contents.get('U-Boot')?.toString('latin1')).toBe('A'.repeat(700))
    expect(region.end).toBe(image.length)
  })

  it('keeps certificates with their image', () => {
    const image = fixture('mediatek-partition', 'signed.bin')
    const { region, contents, problems } = collect(
      mediatekPartition,
      Buffer.concat([image, Buffer.alloc(1024, 0xff)]),
    )
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['lk', 'cert1', 'cert2'])
    expect(contents.get('cert2')?.toString('latin1')).toBe('certificate')
    expect(region.end).toBe(image.length)
  })

  it('tells an end that is not there', () => {
    const image = fixture('mediatek-partition', 'mkimage.bin')
    expect(collect(mediatekPartition, image.subarray(0, 900)).problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({
  format: mediatekPartition,
  fixture: fixture('mediatek-partition', 'mkimage.bin'),
  needsItsEnd: 'its content ends with it',
})
hostileSuite({
  format: mediatekPartition,
  fixture: fixture('mediatek-partition', 'signed.bin'),
  needsItsEnd: 'its content ends with it',
})
