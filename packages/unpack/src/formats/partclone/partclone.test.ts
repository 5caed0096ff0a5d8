import { describe, expect, it } from 'vitest'
import { sha256 } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { partclone } from './index.ts'

/** Of what partclone.restore makes of the images. */
const RESTORED = '6d587625be85916e59000dddc7e63abc502da782eac1ca850df8f4c95b08433c'

describe('partclone', () => {
  it.each(['crc.pcl', 'groups.pcl', 'none.pcl'])('puts the file system of %s together', (name) => {
    const { contents, problems } = collect(partclone, fixture('partclone', name))
    expect(problems).toEqual([])
    expect(contents.get('contents')).toHaveLength(65_536)
    expect(sha256(contents.get('contents'))).toBe(RESTORED)
  })

  it('tells checksums that differ', () => {
    const image = fixture('partclone', 'groups.pcl')
    const at = image.indexOf('root:x')
    image[at] = 0x52
    expect(collect(partclone, image).problems).toMatchObject([
      { code: 'checksum', message: '1 checksums of blocks differ' },
    ])
    image[112] = (image[112] as number) ^ 0x80
    expect(collect(partclone, image).problems).toContainEqual(
      expect.objectContaining({ message: 'the CRC of the bitmap differs' }),
    )
  })

  it('shows what is there where the image is cut off', () => {
    const { contents, problems } = collect(partclone, fixture('partclone', 'crc.pcl').subarray(0, -600))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'contents' }])
    expect(contents.get('contents')).toHaveLength(65_536)
  })
})

hostileSuite({
  format: partclone,
  fixture: fixture('partclone', 'groups.pcl'),
  needsItsEnd: 'its one content is cut',
})
