import { crc32, deflateRawSync } from 'node:zlib'

/** A member of an archive: its name (ASCII) and its text, stored as UTF-8. */
export type Member = readonly [name: string, text: string]

/** 1 January 1980, the first day that MS-DOS knows: the same members give the same bytes. */
const DATE = 0x0021

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16), members deflated, little-endian. Without ZIP64: for fewer
 * than 65,535 members and 4 GiB.
 */
export function writeZip(members: readonly Member[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of members) {
    const content = Buffer.from(text, 'utf8')
    const packed = deflateRawSync(content)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt16LE(DATE, 8)
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      shared,
      Buffer.from(name, 'latin1'),
      packed,
    ])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, Buffer.from(name, 'latin1')]),
    )
    parts.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, central, end])
}
