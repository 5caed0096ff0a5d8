import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { fat } from '../fat/index.ts'
import { udif } from './index.ts'

const DISK = 'disk.img'

describe('udif', () => {
  it.each(['zlib', 'bzip2', 'adc', 'lzfse', 'xz', 'mixed'])('puts the disk of %s.dmg together', (name) => {
    const { contents, problems } = collect(udif, fixture('udif', `${name}.dmg`))
    expect(problems).toEqual([])
    const files = collect(fat, contents.get(DISK) as Buffer)
    expect(files.problems).toEqual([])
    expect(files.contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(files.contents.get('passwd')?.toString()).toBe(PASSWD)
  })

  it('is found in other bytes by its end', () => {
    const image = fixture('udif', 'zlib.dmg')
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(1000, 'koly'), image, Buffer.alloc(700, 0xff)]))
    const starts = [...(udif.candidates?.(bytes, { start: 0, end: bytes.size }) ?? [])]
    expect(starts).toEqual([1000])
    expect(udif.recognise(bytes, 1000)).toEqual({ start: 1000, end: 1000 + image.length })
    expect(udif.recognise(bytes, 0)).toBeUndefined()
  })

  it('tells when the CRC of the chunks differs, and shows what comes before the damage', () => {
    const image = fixture('udif', 'mixed.dmg')
    const at = 1000
    image[at] = (image[at] as number) ^ 0xff
    const { contents, problems } = collect(udif, image)
    expect(problems[0]).toMatchObject({ code: 'checksum', path: DISK })
    expect(contents.get(DISK)?.length).toBeGreaterThan(0)
  })
})

hostileSuite({
  format: udif,
  fixture: fixture('udif', 'mixed.dmg'),
  needsItsEnd: 'what lies where in it stands at its end',
})
