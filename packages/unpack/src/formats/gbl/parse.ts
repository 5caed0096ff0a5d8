import { type Bytes, Reader } from '@messlatte/bytes'
import { ADDRESS, readTags, type TagFile, type TagKind } from '../silabs-tags.ts'

export const MAGIC = '\xeb\x17\xa6\x03'
const HEADER = 0x03a617eb
const HEADER_BYTES = 8
/** Major version that parsers of the bootloader take. */
const VERSION = 3
const ENCRYPTED = 0x1
const SIGNED = 0x100

/** Silicon Labs, UG103.6, "GBL file format". */
export const KIND: TagKind = {
  endian: 'little',
  width: 4,
  end: 0xfc0404fc,
  heads: {
    4261478910: ADDRESS,
    4244833277: ADDRESS,
    4244964861: ADDRESS,
    4245096445: ADDRESS,
    // CRC and size of what comes out.
    4161407736: { bytes: 12, addressAt: 8 },
    4161473528: { bytes: 12, addressAt: 8 },
    4161539320: { bytes: 12, addressAt: 8 },
    // Version.
    4111010293: { bytes: 8, addressAt: 4 },
    // Size and version.
    1587943403: { bytes: 8 },
  },
  names: {
    4094298868: 'application',
    4111010293: 'bootloader',
    1587943403: 'se-upgrade',
    1990596587: 'version-dependency',
    4261478910: 'program',
    4244833277: 'erase-and-program',
    4244964861: 'program-lz4',
    4245096445: 'program-lzma',
    4161407736: 'program-delta',
    4161473528: 'program-delta-lz4',
    4161539320: 'program-delta-lzma',
    4127721718: 'metadata',
    4211410427: 'encryption-header',
    4194699002: 'encryption-start',
    4177987577: 'encrypted',
    4144630519: 'signature',
    4077587443: 'certificate',
    4228121852: 'end',
  },
}

export interface Gbl extends TagFile {
  readonly encrypted: boolean
  readonly signed: boolean
}

/** The file at `at`, or undefined: its header has to be that of version 3, and something has to follow. */
export function parseGbl(bytes: Bytes, at: number): Gbl | undefined {
  if (at + 8 + HEADER_BYTES > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, 8 + HEADER_BYTES), 'little')
  if (reader.u32() !== HEADER || reader.u32() !== HEADER_BYTES) return undefined
  const [version, type] = [reader.u32(), reader.u32()]
  if (version >>> 24 !== VERSION || (type & ~(ENCRYPTED | SIGNED)) !== 0) return undefined
  const file = readTags(bytes, at + 8 + HEADER_BYTES, KIND, looksLikeTag)
  if (file.tags.length === 0) return undefined
  return { ...file, encrypted: (type & ENCRYPTED) !== 0, signed: (type & SIGNED) !== 0 }
}

/** Tags repeat one number in the middle; those that are not known to this reader do it, too. */
export function looksLikeTag(id: number): boolean {
  return KIND.names[id] !== undefined || (((id >>> 16) & 0xff) === ((id >>> 8) & 0xff) && id >>> 24 >= 0xf0)
}
