import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../testing/fixtures.ts'
import { nameOfPart, type Place } from './naming.ts'
import { placeOf } from './part.ts'
import { setsOf } from './sets.ts'

const PLAIN = memoryBytes(Buffer.from('nothing in particular'))

function bytesOf(format: string, name: string): Bytes {
  return memoryBytes(fixture(format, `../split/${name}`))
}

/** A part of something that was cut. */
function part(path: string, size = 100, head = path, bytes = PLAIN) {
  const place = placeOf(path.slice(path.lastIndexOf('/') + 1), bytes)
  if (!place) throw new Error(`${path} is no part`)
  return { path, size, place, head }
}

function setsOfPaths(...parts: readonly ReturnType<typeof part>[]) {
  return setsOf(parts)
    .map(({ parts: list, whole, missing }) => ({ paths: list.map(({ path }) => path), whole, missing }))
    .toSorted((a, b) => ((a.paths[0] ?? '') < (b.paths[0] ?? '') ? -1 : 1))
}

describe('the place of a part', () => {
  it.each([
    ['fw.7z.001', { set: 'fw.7z.', number: 1, whole: 'fw.7z' }],
    ['fw.bin.part02', { set: 'fw.bin.part', number: 2, whole: 'fw.bin' }],
    ['fw_part_3', { set: 'fw_part_', number: 3, whole: 'fw' }],
    ['fw.tar.gz.aa', { set: 'fw.tar.gz.', number: 0, whole: 'fw.tar.gz' }],
    ['fw.img.partbc', { set: 'fw.img.part', number: 28, whole: 'fw.img' }],
    ['xab', { set: 'x', number: 1, whole: 'x' }],
    ['fw.z03', { kind: 'zip', set: 'fw', number: 3, whole: 'fw.zip' }],
  ])('is told by the name %s', (name, place) => {
    expect(placeOf(name, PLAIN)).toMatchObject(place)
  })

  it.each(['fw.bin', 'fw.zip', 'fw.rar', 'fw.7z', 'fw.01', '001', 'fw.0001', 'fw.cab', 'a.so', 'b.rc'])(
    'is not told by the name %s',
    (name) => {
      expect(placeOf(name, PLAIN)).toBeUndefined()
    },
  )

  it('is told by what volumes, cabinets and disks say about themselves', () => {
    expect(placeOf('a.part1.rar', bytesOf('rar5', 'stored.part1.rar'))).toMatchObject({
      ...{ kind: 'rar', set: 'a', number: 1, whole: 'a.rar', goesOn: true },
    })
    expect(placeOf('a.PART3.RAR', bytesOf('rar5', 'stored.part3.rar'))).toMatchObject({ goesOn: false })
    expect(placeOf('a.rar', bytesOf('rar4', 'solid.rar'))).toMatchObject({ number: 0, goesOn: true })
    expect(placeOf('a.r02', bytesOf('rar4', 'solid.r02'))).toMatchObject({ number: 3, goesOn: false })
    expect(placeOf('a.rar', memoryBytes(fixture('rar4', 'solid.rar')))).toBeUndefined()
    expect(placeOf('a.rar', memoryBytes(fixture('rar5', 'solid.rar')))).toBeUndefined()
    expect(placeOf('any name', bytesOf('cab', 'set-2.cab'))).toMatchObject({
      kind: 'cab',
      set: '7361',
      number: 1,
    })
    expect(placeOf('set2.swm', bytesOf('wim', 'set2.swm'))).toMatchObject({
      ...{ kind: 'wim', number: 2, first: 1, whole: 'set.wim', goesOn: true },
    })
    expect(placeOf('DATA1.HDR', bytesOf('installshield', 'data1.hdr'))).toMatchObject({
      ...{ kind: 'shield', set: 'data', number: 0, first: 0 },
    })
    expect(placeOf('data3.cab', bytesOf('installshield', 'data3.cab'))).toMatchObject({ number: 3, first: 0 })
    const withLists = memoryBytes(fixture('installshield', 'version-5.cab'))
    expect(placeOf('data1.cab', withLists)).toMatchObject({ kind: 'shield', number: 1, first: 1 })
    expect(placeOf('data.cab', withLists)).toBeUndefined()
    expect(placeOf('data2.hdr', bytesOf('installshield', 'data1.hdr'))).toBeUndefined()
    expect(placeOf('renamed', bytesOf('wim', 'set3.swm'))).toMatchObject({ kind: 'wim', goesOn: false })
    expect(placeOf('a.wim', memoryBytes(fixture('wim', 'lzx.wim')))).toBeUndefined()
    expect(placeOf('a.cab', memoryBytes(fixture('cab', 'mszip.cab')))).toBeUndefined()
    expect(placeOf('a.zip', bytesOf('zip', 'split.zip'))).toMatchObject({
      kind: 'zip',
      number: 3,
      goesOn: false,
    })
    expect(placeOf('a.zip', memoryBytes(fixture('zip', 'stored.zip')))).toBeUndefined()
  })

  it('gives the names of the others', () => {
    const namesOf = (place: Place | undefined, ...numbers: number[]) =>
      place && numbers.map((number) => nameOfPart(place.naming, number))
    expect(namesOf(placeOf('fw.7z.001', PLAIN), 2, 10)).toEqual(['fw.7z.002', 'fw.7z.010'])
    expect(namesOf(placeOf('xab', PLAIN), 0, 27)).toEqual(['xaa', 'xbb'])
    expect(namesOf(placeOf('fw.z03', PLAIN), 1, 100)).toEqual(['fw.z01', 'fw.z100'])
    const rar = placeOf('a.r02', bytesOf('rar4', 'solid.r02'))
    const image = placeOf('set3.swm', bytesOf('wim', 'set3.swm'))
    const shield = placeOf('data3.cab', bytesOf('installshield', 'data3.cab'))
    expect(namesOf(shield, 0, 2)).toEqual(['data1.hdr', 'data2.cab'])
    expect(namesOf(image, 1, 2)).toEqual(['set.swm', 'set2.swm'])
    expect(namesOf(rar, 0, 1, 100, 101)).toEqual(['a.rar', 'a.r00', 'a.r99', 'a.s00'])
  })
})

describe('sets of parts', () => {
  it('are put in order, each folder by itself', () => {
    const [one, two, three] = ['a/fw.001', 'a/fw.002', 'a/fw.003'].map((path) => part(path)) as [
      ReturnType<typeof part>,
      ReturnType<typeof part>,
      ReturnType<typeof part>,
    ]
    const last = { ...three, size: 9 }
    expect(setsOfPaths(last, one, part('b/fw.002'), two)).toEqual([
      { paths: ['a/fw.001', 'a/fw.002', 'a/fw.003'], whole: 'fw', missing: [] },
      { paths: ['b/fw.002'], whole: 'fw', missing: [] },
    ])
  })

  it('end before a gap, and tell what is missing', () => {
    expect(setsOfPaths(part('fw.001'), part('fw.002'), part('fw.005'))).toEqual([
      { paths: ['fw.001', 'fw.002'], whole: 'fw', missing: ['fw.003', 'fw.004'] },
      { paths: ['fw.005'], whole: 'fw', missing: [] },
    ])
    expect(setsOfPaths(part('fw.002'), part('fw.003'))).toEqual([
      { paths: ['fw.002'], whole: 'fw', missing: ['fw.001'] },
      { paths: ['fw.003'], whole: 'fw', missing: [] },
    ])
  })

  it('are not made of files that only have numbers: of other sizes, or that begin alike', () => {
    expect(setsOfPaths(part('fw.001', 10), part('fw.002', 20))).toMatchObject([
      { paths: ['fw.001'], missing: [] },
      { paths: ['fw.002'], missing: [] },
    ])
    expect(setsOfPaths(part('fw.001', 10, 'same'), part('fw.002', 10, 'same'))).toHaveLength(2)
    expect(setsOfPaths(part('fw.001', 10, ''), part('fw.002', 10, ''))).toHaveLength(1)
  })

  it('are not made of one file that has the name of a disk of ZIP only', () => {
    expect(setsOfPaths(part('athwlan.bin.z77'))).toEqual([
      { paths: ['athwlan.bin.z77'], whole: 'athwlan.bin.zip', missing: [] },
    ])
  })

  it('leave a second file of one number alone', () => {
    expect(setsOfPaths(part('fw.001'), part('fw.002'), { ...part('fw.002'), path: 'fw.002#2' })).toEqual([
      { paths: ['fw.001', 'fw.002'], whole: 'fw', missing: [] },
      { paths: ['fw.002#2'], whole: 'fw', missing: [] },
    ])
  })

  it('of volumes, disks and cabinets tell those before, between and behind', () => {
    const volume = (number: number) =>
      part(`a.part${number}.rar`, 9, '', bytesOf('rar5', `stored.part${number}.rar`))
    expect(setsOfPaths(volume(2))).toEqual([
      { paths: ['a.part2.rar'], whole: 'a.rar', missing: ['a.part1.rar', 'a.part3.rar'] },
    ])
    expect(setsOfPaths(volume(3), volume(1))).toMatchObject([
      { paths: ['a.part1.rar'], missing: ['a.part2.rar'] },
      { paths: ['a.part3.rar'], missing: [] },
    ])
    const disk = (end: string) => part(`a.${end}`, 9, '', bytesOf('zip', `split.${end}`))
    expect(setsOfPaths(disk('zip'), disk('z02'), disk('z01'))).toEqual([
      { paths: ['a.z01', 'a.z02', 'a.zip'], whole: 'a.zip', missing: [] },
    ])
    expect(setsOfPaths(disk('z01'), disk('z02'))).toMatchObject([
      { paths: ['a.z01'], missing: ['a.zip'] },
      { paths: ['a.z02'] },
    ])
    const cabinet = (number: number) => part(`c${number}`, 9, '', bytesOf('cab', `set-${number}.cab`))
    expect(setsOfPaths(cabinet(2))).toMatchObject([{ missing: ['set-1.cab', 'set-3.cab'] }])
    expect(setsOfPaths(cabinet(1), cabinet(3))).toMatchObject([{ missing: ['set-2.cab'] }, { missing: [] }])
  })

  it('tell no more names than a few, whatever the numbers are', () => {
    expect(setsOfPaths(part('fw.001'), part('fw.002'), part('fw.999'))[0]?.missing).toHaveLength(16)
  })
})
