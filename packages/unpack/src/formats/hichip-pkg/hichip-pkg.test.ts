import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { hichipPkg } from './index.ts'

describe('hichip-pkg', () => {
  it.each(['upgrade.pkg', 'plain.pkg'])('gives the parts of %s, with an archive that is one', (name) => {
    const { contents, problems } = collect(hichipPkg, fixture('hichip-pkg', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel.img', 'rootfs.img', 'upgrade.zip'])
    expect(contents.get('kernel.img')?.toString()).toBe(lines(1, 300))
    const archive = contents.get('upgrade.zip') as Buffer
    expect(archive.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
    expect(archive.toString('latin1')).toContain(lines(1, 1000))
    expect(archive.includes('PK\x05\x06', 0, 'latin1')).toBe(true)
  })

  it('gives short archives, and settings as they are', () => {
    const short = collect(hichipPkg, fixture('hichip-pkg', 'short.pkg'))
    expect(short.problems).toEqual([])
    expect(short.contents.get('upgrade.zip')?.subarray(0, 4).toString('latin1')).toBe('PK\x05\x06')
    const image = fixture('hichip-pkg', 'short.pkg')
    image[4] = 1
    expect(collect(hichipPkg, image)).toMatchObject({
      problems: [{ code: 'checksum', path: 'config_restore.bin' }],
      contents: new Map([['config_restore.bin', image.subarray(-22)]]),
    })
  })

  it('tells what has another MD5, and what is cut off', () => {
    const image = fixture('hichip-pkg', 'upgrade.pkg')
    image[600] = 0
    image[image.length - 1] = 1
    expect(collect(hichipPkg, image).problems).toMatchObject([
      { code: 'checksum', path: 'kernel.img' },
      { code: 'checksum', path: 'upgrade.zip' },
    ])
    expect(collect(hichipPkg, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'checksum', path: 'kernel.img' },
      { code: 'truncated', path: 'upgrade.zip' },
    ])
  })
})

hostileSuite({ format: hichipPkg, fixture: fixture('hichip-pkg', 'upgrade.pkg') })
hostileSuite({
  format: hichipPkg,
  fixture: fixture('hichip-pkg', 'short.pkg'),
  needsItsEnd: 'there is one content only',
})
