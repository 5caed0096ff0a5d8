import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { readBoot } from './boot.ts'
import { ntfs } from './index.ts'

const RECORD = 1024
const FRONT = 160 * 1024

/** Where the record of a name lies in an image. */
function recordOf(image: Buffer, name: string): number {
  const wanted = Buffer.from(name, 'utf16le')
  for (let at = image.indexOf('FILE'); at >= 0; at = image.indexOf('FILE', at + 1)) {
    if (at % 512 === 0 && image.subarray(at, at + RECORD).includes(wanted)) return at
  }
  throw new Error(`no ${name}`)
}

describe('ntfs', () => {
  it.each(['clusters-512.img', 'clusters-4096.img'])('lists %s with its contents', (name) => {
    const found = collect(ntfs, fixture('ntfs', name))
    expect(found.problems).toEqual([])
    expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('etc/passwd:note')?.toString()).toBe('kept')
    expect(found.contents.get('etc/empty')).toHaveLength(0)
    expect(found.contents.get('etc/a-name-of-some-length-30')?.toString()).toBe('30\n')
    expect(found.contents.get(Buffer.from('etc/grün.txt').toString('latin1'))?.toString()).toBe('ümlaut\n')
    expect(entryOf(found, 'bin/alias')).toMatchObject({ type: 'file', mtime: 1_700_000_000 })
    expect(found.contents.get('bin/alias')?.toString()).toBe(NUMBERS)
    expect(entryOf(found, 'bin/numbers')).toMatchObject({ type: 'hardlink', target: 'bin/alias' })
    expect(entryOf(found, 'gone')).toBeUndefined()
    expect(entryOf(found, '$MFT')).toBeUndefined()
  })

  it.each(['clusters-512.img', 'clusters-4096.img'])(
    'unpacks what is compressed in %s, and fills holes',
    (name) => {
      const { contents } = collect(ntfs, fixture('ntfs', name))
      expect(contents.get('packed/lines')?.equals(Buffer.from(lines(1, 20_000)))).toBe(true)
      expect(contents.get('packed/zeros')?.equals(Buffer.alloc(100_000))).toBe(true)
      expect(contents.get('packed/mixed')?.toString('latin1')).toBe(
        lines(1, 400) + '\0'.repeat(70_000) + lines(401, 800),
      )
      const holes = Buffer.alloc(200_004)
      holes.write('first')
      holes.write('last', 200_000)
      expect(contents.get('holes')?.equals(holes)).toBe(true)
    },
  )

  it('tells what the boot sector says', () => {
    expect(readBoot(memoryBytes(fixture('ntfs', 'clusters-4096.img')), 0)).toMatchObject({
      sectorSize: 512,
      clusterSize: 4096,
      recordSize: RECORD,
    })
  })

  it('leaves out a record whose sectors do not belong together', () => {
    const image = fixture('ntfs', 'clusters-512.img')
    const at = recordOf(image, 'empty')
    image[at + 510] = (image[at + 510] as number) ^ 1
    const { entries, contents } = collect(ntfs, image)
    expect(entries.some(({ path }) => path === 'etc/empty')).toBe(false)
    expect(contents.get('etc/passwd')?.toString()).toBe(PASSWD)
  })
})

// The table of files and what stands in it lie at the front; a cut at every sector of all would take too long.
hostileSuite({ format: ntfs, fixture: fixture('ntfs', 'clusters-512.img').subarray(0, FRONT) })
