import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { installshield } from './index.ts'

const LONG = lines(1, 14_000)
/** Of a record of version 6 and later, in bytes; offset of its digest. */
const DIGEST = 26

function part(name: string): Buffer {
  return fixture('installshield', `../split/${name}`)
}

describe('installshield', () => {
  it.each(['version-5.cab', 'old.cab', 'with-header.cab', 'version-6.cab', 'version-17.cab'])(
    'lists %s and undoes what hides and packs its contents',
    (name) => {
      const image = fixture('installshield', name)
      const found = collect(installshield, image)
      expect(found.problems).toEqual([])
      expect(found.region).toEqual({ start: 0, end: image.length })
      expect(found.contents.get('readme.txt')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
      expect(found.contents.get('etc/hidden')?.toString()).toBe(NUMBERS)
      expect(found.contents.get('etc/stored')?.toString()).toBe(PASSWD.repeat(3))
      expect(found.contents.get('bin/deep/long.txt')?.toString()).toBe(LONG)
      expect(found.contents.size).toBe(5)
    },
  )

  it('shows what is the same as another member as a link', () => {
    const found = collect(installshield, fixture('installshield', 'version-6.cab'))
    expect(entryOf(found, 'bin/deep/again')).toMatchObject({ type: 'hardlink', target: 'etc/passwd' })
  })

  it('reads a header and its cabinets, between which a member is cut', () => {
    const set = ['data1.hdr', 'data1.cab', 'data2.cab', 'data3.cab'].map(part)
    const whole = collect(installshield, Buffer.concat(set))
    expect(whole.problems).toEqual([])
    expect(whole.contents.get('bin/deep/long.txt')?.toString()).toBe(LONG)
    const short = collect(installshield, Buffer.concat(set.slice(0, -1)))
    expect(short.problems).toEqual([
      { code: 'unsupported', message: 'it lies in a cabinet that is not there', path: 'bin/deep/long.txt' },
    ])
    expect(short.contents.get('etc/hidden')?.toString()).toBe(NUMBERS)
  })

  it('tells a header without cabinets, and a cabinet without a header', () => {
    const header = collect(installshield, part('data1.hdr'))
    expect(header.contents.size).toBe(0)
    expect(header.problems).toContainEqual({
      ...{ code: 'unsupported', message: 'it lies in a cabinet that is not there', path: 'readme.txt' },
    })
    const cabinet = part('data2.cab')
    const { region, problems } = collect(installshield, cabinet)
    expect(region.end).toBe(cabinet.length)
    expect(problems).toMatchObject([{ code: 'unsupported' }])
  })

  it('compares digests, and tells damage', () => {
    const image = fixture('installshield', 'version-6.cab')
    image.writeUInt8(0x32, image.indexOf('1\n2\n3\n'))
    expect(collect(installshield, image).problems).toMatchObject([
      { message: 'the MD5 digest differs', path: 'readme.txt' },
    ])
    const packed = fixture('installshield', 'version-5.cab')
    packed.fill(0xff, packed.length - 1000, packed.length - 900)
    const { contents, problems } = collect(installshield, packed)
    expect(problems).toMatchObject([{ path: 'bin/deep/long.txt' }])
    expect(contents.get('bin/deep/long.txt')?.toString()).toBe(LONG.slice(0, 65_536))
  })

  it('tells contents that lie beside the cabinet, and bytes that belong to two', () => {
    const image = fixture('installshield', 'version-5.cab')
    const at = image.readUInt32LE(20)
    const place = Buffer.alloc(4)
    place.writeUInt32LE(at)
    const record = image.indexOf(place, 0x200)
    image.writeUInt32LE(image.length, record)
    expect(collect(installshield, image).problems).toContainEqual({
      ...{ code: 'truncated', message: 'its content is not in the cabinet', path: 'readme.txt' },
    })
    image.writeUInt32LE(at + NUMBERS.length - 1, record)
    expect(collect(installshield, image).problems).toContainEqual(
      expect.objectContaining({ message: 'its bytes belong to another member too' }),
    )
  })

  it('loses a member whose name or directory is not there, and no other', () => {
    const image = fixture('installshield', 'version-6.cab')
    const digest = image.indexOf(Buffer.from('3b7cf989127be4f7d5788452b88fb163', 'hex'))
    image.writeUInt16LE(99, digest - DIGEST + 62)
    const { contents, problems } = collect(installshield, image)
    expect(problems).toEqual([{ code: 'structure', message: '1 members cannot be read' }])
    expect(contents.size).toBe(4)
  })
})

hostileSuite({ format: installshield, fixture: fixture('installshield', 'version-5.cab') })
hostileSuite({ format: installshield, fixture: fixture('installshield', 'version-17.cab') })
