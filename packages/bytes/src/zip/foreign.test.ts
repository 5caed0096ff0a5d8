import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readForeignZip } from './foreign.ts'
import { ZipFault } from './read.ts'
import { writeZip } from './write.ts'

const BOUNDS = { members: 100, bytes: 1_000_000 }

describe('readForeignZip', () => {
  const good = Buffer.from(
    writeZip([
      ['a', 'one'],
      ['b/', ''],
      ['c', 'x'.repeat(5000)],
    ]),
  )

  /** The archive with a 32-bit field of its first directory header changed. */
  function changed(offset: number, value: number, length: 2 | 4 = 4): Buffer {
    const bytes = Buffer.from(good)
    bytes.writeUIntLE(value, bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + offset, length)
    return bytes
  }

  it('gives contents, without folders', () => {
    expect([...readForeignZip(good, BOUNDS)].map(([name, content]) => [name, content.length])).toEqual([
      ['a', 3],
      ['c', 5000],
    ])
    expect([...readForeignZip(good, BOUNDS, (name) => name === 'c').keys()]).toEqual(['c'])
  })

  it.each([
    ['too many members', good, { members: 2, bytes: 9999 }, /more than 2 members/],
    ['too many bytes', good, { members: 9, bytes: 5000 }, /larger than 5000 bytes/],
    ['contents larger than stated', changed(24, 2), BOUNDS, /cannot be unpacked to the size/],
    ['a wrong CRC', changed(16, 7), BOUNDS, /is not what its header says/],
    ['encryption', changed(8, 1, 2), BOUNDS, /a is encrypted/],
    ['other methods', changed(10, 12, 2), BOUNDS, /a method that is not read/],
    ['members that share bytes', changed(42, good.indexOf('PK\x03\x04', 10)), BOUNDS, /shares bytes/],
    [
      'names that are there twice',
      Buffer.from(
        writeZip([
          ['a', '1'],
          ['a', '2'],
        ]),
      ),
      BOUNDS,
      /a is in it twice/,
    ],
    ['a cut directory', good.subarray(0, good.length - 30), BOUNDS, /no ZIP archive/],
  ])('refuses %s', (_, bytes, bounds, words) => {
    expect(() => readForeignZip(bytes, bounds)).toThrow(words)
    expect(() => readForeignZip(bytes, bounds)).toThrow(ZipFault)
  })

  it('does not inflate more than is stated', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000))
    const archive = Buffer.from(writeZip([['a', '']]))
    // A content of three bytes, as the headers say, out of which fifty million would come.
    const local = Buffer.concat([archive.subarray(0, 31), bomb])
    const central = Buffer.from(archive.subarray(archive.indexOf(Buffer.from('PK\x01\x02', 'latin1'))))
    central.writeUInt32LE(bomb.length, 20)
    central.writeUInt32LE(3, 24)
    central.writeUInt32LE(local.length, central.length - 6)
    expect(() => readForeignZip(Buffer.concat([local, central]), BOUNDS)).toThrow(
      /cannot be unpacked to the size/,
    )
  })
})
