import { DerError, derHeader, readCertificate } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'
import { parseTiK3 } from '../ti-k3/parse.ts'

/** The version of a certificate (3), and that its serial number follows. */
const VERSION = '\xa0\x03\x02\x01\x02\x02'
/** It stands behind two headers of sequences, of three or four bytes each. */
const PLACES = [8, 7, 6]
const HEADER = 4
const MOST_BYTES = 64 * 1024

export const x509Der = inlay(
  {
    name: 'x509-der',
    title: 'X.509 certificates (DER)',
    references: ['RFC 5280, section 4.1', 'ITU-T X.690, section 10'],
    limits: ['certificates of versions 1 and 2, revocation lists and keys are not recognised as regions'],
    magic: PLACES.map((at) => ({ bytes: VERSION, at })),
    carve: true,
  },
  (bytes, at) => {
    const header = derHeader(bytes.view(at, HEADER), 0)
    if (header?.tag !== 0x30 || header.end > MOST_BYTES) return undefined
    // The boot ROM of TI's K3 takes an image behind its certificate, which says how long that is.
    if (parseTiK3(bytes, at)) return undefined
    return isCertificate(bytes.view(at, header.end)) ? at + header.end : undefined
  },
)

function isCertificate(der: Uint8Array): boolean {
  try {
    readCertificate(der)
    return true
  } catch (error) {
    if (error instanceof DerError) return false
    throw error
  }
}
