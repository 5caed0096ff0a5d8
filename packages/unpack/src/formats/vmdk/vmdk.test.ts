import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { DISK } from '../../testing/disk.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { vmdk } from './index.ts'

describe('vmdk', () => {
  it.each(['sparse', 'zeroed', 'stream'])('maps %s', (name) => {
    const { contents, problems } = collect(vmdk, fixture('vmdk', `${name}.vmdk`))
    expect(problems).toEqual([])
    expect(contents.get('disk.img')?.equals(DISK)).toBe(true)
  })

  it('shows the text that describes it, and names what it was made from', () => {
    const image = fixture('vmdk', 'stream.vmdk')
    expect(collect(vmdk, image).contents.get('descriptor.txt')?.toString()).toMatch(
      /^# Disk DescriptorFile\n/,
    )
    image.write('parentFileNameHint="base.vmdk"\n', image.indexOf('# The Disk Data Base'))
    expect(collect(vmdk, image).problems).toMatchObject([
      { code: 'unsupported', message: expect.stringMatching(/"base\.vmdk"/), path: 'disk.img' },
    ])
  })

  it('tells a stream that ends early, and a grain that is damaged', () => {
    const image = fixture('vmdk', 'stream.vmdk')
    const at = image.indexOf(Buffer.from('789c', 'hex'))
    expect(collect(vmdk, image.subarray(0, at + 100)).problems).toMatchObject([
      { code: 'structure' },
      { code: 'truncated' },
    ])
    image[at] = 0
    expect(collect(vmdk, image).problems).toMatchObject([
      { message: '1 packed blocks are damaged and shown as zeros' },
    ])
  })
})

for (const name of ['sparse', 'stream'])
  hostileSuite({ format: vmdk, fixture: fixture('vmdk', `${name}.vmdk`) })
