import { DerError, readSignedData, type SignedData, writeElement } from '@messlatte/bytes'

const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex')
const INTEGER = 0x02

/** Signed data as UEFI keeps it: within its ContentInfo, or without (UEFI 2.10, section 8.2.2). Undefined for neither. */
export function readPkcs7(bytes: Uint8Array): SignedData | undefined {
  try {
    return readSignedData(isBare(bytes) ? wrapped(bytes) : bytes, { trailing: true })
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** A ContentInfo begins with an object identifier, signed data with its version. */
function isBare(bytes: Uint8Array): boolean {
  const first = bytes[1] ?? 0
  return bytes[0] === 0x30 && bytes[first < 0x80 ? 2 : 2 + (first & 0x7f)] === INTEGER
}

function wrapped(bytes: Uint8Array): Buffer {
  return writeElement(0x30, SIGNED_DATA, writeElement(0xa0, bytes))
}
