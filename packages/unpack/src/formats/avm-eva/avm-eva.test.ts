import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { avmEva } from './index.ts'
import { parseEvaRecord } from './parse.ts'

const KERNEL = lines(1, 3000)

describe('avm-eva', () => {
  it.each(['marked.eva', 'sized.eva'])('decompresses the kernel of %s', (name) => {
    const image = fixture('avm-eva', name)
    const { region, contents, problems } = collect(avmEva, Buffer.concat([image, Buffer.alloc(999, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect(contents.get('kernel')?.toString()).toBe(KERNEL)
  })

  it('tells where the kernel goes to', () => {
    const record = parseEvaRecord(memoryBytes(fixture('avm-eva', 'sized.eva')), 0)
    expect(record).toMatchObject({ loadAddress: 0x8006_0000, entryPoint: 0x8006_4590, size: KERNEL.length })
  })

  it('tells checksums that differ', () => {
    const image = fixture('avm-eva', 'sized.eva')
    image[image.length - 12] = (image[image.length - 12] as number) ^ 1
    expect(collect(avmEva, image).problems).toMatchObject([
      { code: 'checksum', message: 'the checksum of the record differs' },
    ])
    image[image.length - 300] = (image[image.length - 300] as number) ^ 1
    expect(collect(avmEva, image).problems).toContainEqual(
      expect.objectContaining({ code: 'checksum', path: 'kernel' }),
    )
  })
})

hostileSuite({
  format: avmEva,
  fixture: fixture('avm-eva', 'sized.eva'),
  needsItsEnd: 'there is one content only',
})
