import { expect, it } from 'vitest'
import { collectFrom } from '../../testing/bounded.ts'
import { ntfs } from './index.ts'

const [SECTOR, RECORD] = [512, 1024]
const [MFT, FILE] = [16, 24]
const STREAMS = 12

/** One file whose streams stand in `count` records, `STREAMS` of them in each. */
function manyStreams(count: number): Buffer {
  const records = FILE + count
  const image = Buffer.alloc(MFT * SECTOR + records * RECORD)
  image.write('NTFS    ', 3, 'latin1')
  image.writeUInt16LE(SECTOR, 0x0b)
  image.writeUInt8(1, 0x0d)
  image.writeBigUInt64LE(BigInt(image.length / SECTOR), 0x28)
  image.writeBigUInt64LE(BigInt(MFT), 0x30)
  image.writeInt8(-10, 0x40)
  image.writeUInt16LE(0xaa55, 510)

  function record(number: number, flags: number, base: number, attributes: readonly Buffer[]): void {
    const view = image.subarray(MFT * SECTOR + number * RECORD, MFT * SECTOR + (number + 1) * RECORD)
    view.write('FILE', 'latin1')
    view.writeUInt16LE(48, 4)
    view.writeUInt16LE(3, 6)
    view.writeUInt16LE(56, 0x14)
    view.writeUInt16LE(flags, 0x16)
    view.writeUInt32LE(base, 0x20)
    const all = Buffer.concat([...attributes, Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])])
    all.copy(view, 56)
    // What the last bytes of each sector were, behind the number that stands there instead.
    view.writeUInt16LE(1, 48)
    for (const sector of [1, 2]) {
      view.copy(view, 48 + 2 * sector, sector * SECTOR - 2, sector * SECTOR)
      view.writeUInt16LE(1, sector * SECTOR - 2)
    }
  }

  const table = attribute(0x80, '', Buffer.alloc(0), true)
  table.writeBigUInt64LE(BigInt(records * RECORD), 0x30)
  table.writeBigUInt64LE(BigInt(records * RECORD), 0x38)
  table.set([0x22, (records * 2) & 0xff, (records * 2) >>> 8, MFT, 0], 0x40)
  record(0, 1, 0, [table])
  record(5, 3, 0, [])
  const name = Buffer.alloc(0x42 + 2)
  name.writeUInt32LE(5, 0)
  name.writeUInt8(1, 0x40)
  name.write('f', 0x42, 'utf16le')
  record(FILE, 1, 0, [attribute(0x30, '', name)])
  for (let number = 1; number < count; number++)
    record(
      FILE + number,
      1,
      FILE,
      Array.from({ length: STREAMS }, (_, index) => attribute(0x80, `${number}.${index}`, Buffer.from('x'))),
    )
  return image
}

function attribute(kind: number, name: string, content: Buffer, isElsewhere = false): Buffer {
  const nameAt = isElsewhere ? 0x48 : 0x18
  const contentAt = nameAt + 2 * name.length
  const view = Buffer.alloc(Math.ceil((contentAt + content.length) / 8) * 8)
  view.writeUInt32LE(kind, 0)
  view.writeUInt32LE(view.length, 4)
  view.writeUInt8(isElsewhere ? 1 : 0, 8)
  view.writeUInt8(name.length, 9)
  view.writeUInt16LE(nameAt, 10)
  view.write(name, nameAt, 'utf16le')
  if (isElsewhere) view.writeUInt16LE(0x40, 0x20)
  else {
    view.writeUInt32LE(content.length, 0x10)
    view.writeUInt16LE(contentAt, 0x14)
    content.copy(view, contentAt)
  }
  return view
}

it('reads the records of a file once, and not for each of its streams', () => {
  const { entries, problems } = collectFrom(ntfs, manyStreams(150))
  expect(problems).toEqual([])
  expect(entries).toBe(2 + 149 * STREAMS)
})
