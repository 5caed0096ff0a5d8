import type { MapPart } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { layoutsOfCommandLine } from './mtdparts.ts'
import { nameParts } from './name-parts.ts'
import type { Layout } from './partition.ts'

const K = 1024
const part = (start: number, end: number, kind: MapPart['kind'], format?: string): MapPart => ({
  path: 'dump.bin',
  offset: start * K,
  length: (end - start) * K,
  kind,
  ...(format !== undefined && { format }),
})
const DUMP = [
  part(0, 100, 'format', 'u-boot'),
  part(100, 128, 'padding'),
  part(128, 300, 'format', 'fit'),
  part(300, 420, 'unknown'),
  part(420, 512, 'padding'),
]

function namesOf(text: string, map: readonly MapPart[] = DUMP, path = 'dump.bin@0x0:u-boot/u-boot.dtb') {
  const notes = layoutsOfCommandLine(text).map((layout: Layout) => ({ path, layout }))
  return nameParts(map, notes)
    .flatMap((one) => one.parts ?? [one])
    .map(({ name, offset, length }) => [name, offset / K, (offset + length) / K])
}

describe('names of partitions', () => {
  it('stand at the parts that lie in them, and cut others where one ends', () => {
    expect(
      namesOf('console=ttyS0 mtdparts=nor:64k(boot),64k(env),192k(kernel),64k(cal),-(data) quiet'),
    ).toEqual(
      // U-Boot goes over the end of the first one: this is not the layout of this file.
      DUMP.map(({ offset, length }) => [undefined, offset / K, (offset + length) / K]),
    )
    expect(namesOf('mtdparts=nor:112k(boot),16k(env),192k(kernel),64k(cal),-(data)')).toEqual([
      ['boot', 0, 100],
      ['boot', 100, 112],
      ['env', 112, 128],
      ['kernel', 128, 300],
      ['kernel', 300, 320],
      ['cal', 320, 384],
      ['data', 384, 420],
      ['data', 420, 512],
    ])
  })

  it('need something that begins where a partition does, behind the first one', () => {
    const none = DUMP.map(({ offset, length }) => [undefined, offset / K, (offset + length) / K])
    expect(namesOf('mtdparts=nor:512k(all)')).toEqual(none)
    expect(namesOf('mtdparts=nor:100k(boot),204k(rest),208k(more)')).toEqual(none)
    expect(namesOf('mtdparts=nor:128k(boot),1m(more)')).toEqual(none)
    expect(namesOf('mtdparts=nor:128k(boot),-(more)', DUMP, 'other.bin@0x0:fdt')).toEqual(none)
  })

  it('are those of the smaller ones where partitions overlap, and of the layout that fits best', () => {
    const text = 'mtdparts=nor:512k@0(all),128k@0(boot),128k(kernel-and-more),192k@128k(kernel),-(data)'
    expect(namesOf(text.replace('128k(kernel-and-more),', '')).map(([name]) => name)).toEqual([
      'boot',
      'boot',
      'kernel',
      'kernel',
      'data',
      'data',
    ])
    const two = 'mtdparts=a:128k(x),-(y);b:128k(boot),172k(kernel),-(data)'
    const map = [...DUMP.slice(0, 3), part(300, 420, 'format', 'squashfs'), part(420, 512, 'padding')]
    expect(namesOf(two, map).map(([name]) => name)).toEqual(['boot', 'boot', 'kernel', 'data', 'data'])
  })
})
