import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uki } from './index.ts'

const IMAGE = fixture('uki', 'image.efi')

describe('uki', () => {
  it('shows what its sections hold, without what fills them up', () => {
    const { contents, problems, region } = collect(uki, IMAGE)
    expect([problems, region.end]).toEqual([[], IMAGE.length])
    expect([...contents.keys()]).toEqual(['.osrel', '.cmdline', '.dtb', '.linux', '.initrd', '.profile'])
    expect(contents.get('.cmdline')?.toString()).toBe('root=/dev/sda1 quiet')
    expect(contents.get('.dtb')).toEqual(fixture('fdt', 'board.dtb'))
    expect(contents.get('.linux')?.toString()).toBe(
      Array.from({ length: 200 }, (_, n) => `${n + 1}\n`).join(''),
    )
    expect(contents.get('.initrd')).toEqual(fixture('cpio', 'newc.cpio'))
  })

  it('tells sections of one name apart', () => {
    const twice = Buffer.from(IMAGE)
    twice.write('.cmdline', twice.indexOf('.profile'), 'latin1')
    expect([...collect(uki, twice).contents.keys()]).toEqual([
      '.osrel',
      '.cmdline',
      '.dtb',
      '.linux',
      '.initrd',
      '.cmdline-8',
    ])
  })
})

hostileSuite({ format: uki, fixture: IMAGE })
