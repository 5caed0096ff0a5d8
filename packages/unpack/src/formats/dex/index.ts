import { Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const HEADER = 0x70
const ENDIAN = 0x1234_5678
const VERSION_AT = 4
const SIZE_AT = 32
/** Pairs of a count and an offset: strings, types, prototypes, fields, methods, classes, with the bytes of one of each. */
const TABLES = [4, 4, 12, 8, 8, 32]

export const dex = inlay(
  {
    name: 'dex',
    title: 'DEX (programs of Android)',
    references: ['Android Open Source Project, Dalvik executable format, "header_item"'],
    limits: [
      'neither the checksum nor the digest is compared',
      'containers of several (version 041) end with their first one',
    ],
    magic: [{ bytes: 'dex\n0', at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    const reader = new Reader(bytes.view(at, HEADER), 'little', VERSION_AT)
    if (!/^0[34]\d\0$/.test(reader.latin1(4))) return undefined
    reader.at = SIZE_AT
    const [size, header, endian] = [reader.u32(), reader.u32(), reader.u32()]
    if (header < HEADER || endian !== ENDIAN || size <= header) return undefined
    // Links, then the map.
    reader.skip(8)
    if (reader.u32() >= size) return undefined
    for (const each of TABLES) {
      const [count, offset] = [reader.u32(), reader.u32()]
      if (count > 0 && (offset < header || offset + each * count > size)) return undefined
    }
    return at + size
  },
)
