import { expect, it } from 'vitest'
import { collectFrom } from '../../testing/bounded.ts'
import { iso9660 } from './index.ts'

const SECTOR = 2048

/** A directory of `sectors` in which each record goes on in one and the same area, 32 times, with long names in it. */
function sharedAreas(sectors: number): Buffer {
  const [root, area] = [18, 18 + sectors]
  const image = Buffer.alloc((area + 1) * SECTOR)
  const volume = image.subarray(16 * SECTOR)
  volume.write('\x01CD001\x01', 'latin1')
  both32(volume, 80, image.length / SECTOR)
  volume.writeUInt16LE(SECTOR, 128)
  volume.writeUInt16BE(SECTOR, 130)
  record('\0', root, sectors * SECTOR, 2, Buffer.alloc(0)).copy(volume, 156)
  image.write('\xffCD001\x01', 17 * SECTOR, 'latin1')
  const goesOn = Buffer.alloc(28)
  goesOn.write('CE\x1c\x01', 'latin1')
  both32(goesOn, 4, area)
  both32(goesOn, 20, SECTOR)
  const own = Buffer.from('SP\x07\x01\xbe\xef\0', 'latin1')
  for (let sector = 0; sector < sectors; sector++) {
    let at = (root + sector) * SECTOR
    const end = at + SECTOR
    if (sector === 0) at += record('\0', root, SECTOR, 2, own).copy(image, at)
    for (; at + 70 <= end; ) at += record('F', area, 1, 0, goesOn).copy(image, at)
  }
  let at = area * SECTOR
  for (; at + 28 + 200 <= image.length; at += 200) image.write(`NM\xc8\x01\0${'n'.repeat(195)}`, at, 'latin1')
  goesOn.copy(image, at)
  return image
}

function record(name: string, extent: number, size: number, flags: number, system: Buffer): Buffer {
  const view = Buffer.alloc(33 + name.length + ((name.length + 1) % 2) + system.length)
  view.writeUInt8(view.length, 0)
  both32(view, 2, extent)
  both32(view, 10, size)
  view.writeUInt8(flags, 25)
  view.writeUInt8(name.length, 32)
  view.write(name, 33, 'latin1')
  system.copy(view, view.length - system.length)
  return view
}

function both32(view: Buffer, at: number, value: number): void {
  view.writeUInt32LE(value, at)
  view.writeUInt32BE(value, at + 4)
}

it('reads areas of Rock Ridge that all names share no more often than they could be their own', () => {
  const { entries, problems } = collectFrom(iso9660, sharedAreas(40))
  expect(problems).toContainEqual({ code: 'loop', message: 'areas of Rock Ridge that overlap', path: '' })
  expect(entries).toBeLessThan(10)
})
