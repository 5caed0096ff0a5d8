import { crc32, deflateRawSync } from 'node:zlib'
import { NAME_IS_UTF8 } from './layout.ts'

/** A member of an archive: its name, and its bytes or its text, which is stored as UTF-8. */
export type ZipMember = readonly [name: string, content: string | Uint8Array]

/** 1 January 1980, the first day that MS-DOS knows: the same members give the same bytes. */
const DATE = 0x0021

/**
 * A ZIP archive (PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16), members deflated, little-endian. Without ZIP64: for fewer
 * than 65,535 members and 4 GiB; more is a `RangeError`.
 */
export function writeZip(members: readonly ZipMember[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, given] of members) {
    const content = typeof given === 'string' ? Buffer.from(given, 'utf8') : given
    const named = Buffer.from(name, 'utf8')
    const packed = deflateRawSync(content)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(named.length === name.length ? 0 : NAME_IS_UTF8, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt16LE(DATE, 8)
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(named.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, named, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, named]))
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
