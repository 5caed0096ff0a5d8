import { type Bytes, Reader } from '@messlatte/bytes'
import { ADDRESS, readTags, type TagFile, type TagKind } from '../silabs-tags.ts'

/** The header's tag and its length of 140 bytes. */
export const MAGIC = '\0\0\0\x8c'
/** The tag of the header of an encrypted file, and its length of 6 bytes: the other one lies within what is encrypted. */
export const ENCRYPTED_MAGIC = '\xfb\x05\0\x06'
const SIGNATURE = 0xe350
/** Bytes up to the signature of either header. */
const LEAST = 10
/** Bytes of each header with its tag, and where its signature lies. */
const HEADERS: Readonly<Record<string, { readonly bytes: number; readonly signatureAt: number }>> = {
  [MAGIC]: { bytes: 4 + 0x8c, signatureAt: 6 },
  [ENCRYPTED_MAGIC]: { bytes: 4 + 6, signatureAt: 8 },
}

/** Silicon Labs, UG103.6, "EBL file format". */
export const KIND: TagKind = {
  endian: 'big',
  width: 2,
  end: 0xfc04,
  heads: { 65025: ADDRESS, 64771: ADDRESS, 766: ADDRESS },
  names: {
    65025: 'program',
    64771: 'erase-and-program',
    766: 'manufacturing-program',
    62984: 'metadata',
    64516: 'end',
    64261: 'encryption-header',
    64006: 'encryption-start',
    63751: 'encrypted',
    63241: 'encryption-code',
  },
}

/** The file at `at`, or undefined: something has to follow its header. */
export function parseEbl(bytes: Bytes, at: number): TagFile | undefined {
  if (at + LEAST > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, LEAST), 'big')
  const header = HEADERS[reader.latin1(4)]
  if (!header || at + header.bytes > bytes.size) return undefined
  reader.at = header.signatureAt
  if (reader.u16() !== SIGNATURE) return undefined
  const file = readTags(bytes, at + header.bytes, KIND, (id) => KIND.names[id] !== undefined)
  return file.tags.length > 0 ? file : undefined
}
