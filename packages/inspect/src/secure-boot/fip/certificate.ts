import {
  type DerElement,
  DerFields,
  extensionsOf,
  isSignedBy,
  octetsOf,
  onlyElement,
  readAlgorithm,
  readCertificate,
  sha256,
  smallInteger,
  TAG,
} from '@messlatte/bytes'
import type { FipCertificate, FipHash } from './facts.ts'

/** Extensions of the chain of trust; TF-A, include/tools_share/tbbr_oid.h. */
const OID = '1.3.6.1.4.1.4128.2100.'
const TRUSTED_COUNTER = 1
const OTHER_COUNTER = 2
const KEYS: ReadonlySet<number> = new Set([302, 303, 501, 701, 901, 1101])
const HASHES: ReadonlyMap<number, string> = new Map([
  [101, 'scp-fwu-cfg'],
  [102, 'ap-fwu-cfg'],
  [103, 'fwu'],
  [201, 'tb-fw'],
  [202, 'tb-fw-config'],
  [203, 'hw-config'],
  [204, 'fw-config'],
  [603, 'soc-fw'],
  [604, 'soc-fw-config'],
  [801, 'scp-fw'],
  [1001, 'tos-fw'],
  [1002, 'tos-fw-extra1'],
  [1003, 'tos-fw-extra2'],
  [1004, 'tos-fw-config'],
  [1201, 'nt-fw'],
  [1202, 'nt-fw-config'],
])
const ALGORITHMS: Readonly<Record<string, FipHash>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** What a certificate says; undefined for bytes that are none. */
export function readFipCertificate(name: string, der: Uint8Array): FipCertificate | undefined {
  try {
    const certificate = readCertificate(der)
    const extensions = extensionsOf(certificate).flatMap(({ oid, value }) =>
      oid.startsWith(OID) ? [{ number: Number(oid.slice(OID.length)), element: onlyElement(value) }] : [],
    )
    const counter = (wanted: number) => {
      const found = extensions.find(({ number }) => number === wanted)
      return found && smallInteger(found.element)
    }
    return {
      name,
      spki: Buffer.from(certificate.spki).toString('base64'),
      spkiSha256: certificate.spkiSha256,
      // A key that cannot be read signs nothing.
      signedByOwn: certificate.signed.scheme && (isSignedBy(certificate.signed, certificate.key) ?? false),
      algorithm: certificate.signed.algorithm,
      keys: extensions.flatMap(({ number, element }) => (KEYS.has(number) ? [sha256(element.whole)] : [])),
      hashes: extensions.flatMap(({ number, element }) => hashOf(HASHES.get(number), element)),
      trustedCounter: counter(TRUSTED_COUNTER),
      otherCounter: counter(OTHER_COUNTER),
    }
  } catch {
    return undefined
  }
}

/** A DigestInfo; one of zeros means that there is no such image. */
function hashOf(image: string | undefined, element: DerElement): FipCertificate['hashes'] {
  if (image === undefined) return []
  const fields = new DerFields(element, TAG.sequence)
  const algorithm = ALGORITHMS[readAlgorithm(fields.take(TAG.sequence)).oid]
  const digest = octetsOf(fields.take(TAG.octetString))
  if (!algorithm || digest.every((byte) => byte === 0)) return []
  return [{ image, algorithm, digest: Buffer.from(digest).toString('hex') }]
}
