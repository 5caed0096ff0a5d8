import { childrenOf, type DerElement, TAG } from '../der/element.ts'
import { DerFields, unwrap } from '../der/fields.ts'
import { oidOf, smallInteger } from '../der/values.ts'
import { type DigestName, digestOfOid } from '../signatures/digests.ts'
import type { SignatureScheme } from '../signatures/verify.ts'

export interface AlgorithmIdentifier {
  /** Dotted. */
  readonly oid: string
  readonly parameters: DerElement | undefined
}

/** @throws DerError */
export function readAlgorithm(element: DerElement): AlgorithmIdentifier {
  const fields = new DerFields(element, TAG.sequence)
  const oid = oidOf(fields.take(TAG.oid))
  const parameters = fields.left > 0 ? fields.any() : undefined
  fields.end()
  return { oid, parameters }
}

const RSA = '1.2.840.113549.1.1.'
const RSA_PKCS1: Readonly<Record<string, DigestName>> = {
  [`${RSA}4`]: 'md5',
  [`${RSA}5`]: 'sha1',
  [`${RSA}11`]: 'sha256',
  [`${RSA}12`]: 'sha384',
  [`${RSA}13`]: 'sha512',
  [`${RSA}14`]: 'sha224',
  '2.16.840.1.101.3.4.3.14': 'sha3-256',
  '2.16.840.1.101.3.4.3.15': 'sha3-384',
  '2.16.840.1.101.3.4.3.16': 'sha3-512',
}
const ECDSA: Readonly<Record<string, DigestName>> = {
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '2.16.840.1.101.3.4.3.10': 'sha3-256',
  '2.16.840.1.101.3.4.3.11': 'sha3-384',
  '2.16.840.1.101.3.4.3.12': 'sha3-512',
}
const RSA_ENCRYPTION = `${RSA}1`
const RSA_PSS = `${RSA}10`
const MGF1 = `${RSA}8`
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const ED25519 = '1.3.101.112'

/**
 * The scheme that an algorithm stands for; undefined for those that nothing here verifies. CMS may name the kind of key
 * only, and the digest in a field of its own.
 * @throws DerError where the parameters are none
 */
export function schemeOf(
  { oid, parameters }: AlgorithmIdentifier,
  digest?: DigestName,
): SignatureScheme | undefined {
  const pkcs1 = RSA_PKCS1[oid] ?? (oid === RSA_ENCRYPTION ? digest : undefined)
  if (pkcs1) return { kind: 'rsa-pkcs1', digest: pkcs1 }
  const ecdsa = ECDSA[oid] ?? (oid === EC_PUBLIC_KEY ? digest : undefined)
  if (ecdsa) return { kind: 'ecdsa', digest: ecdsa }
  if (oid === RSA_PSS) return pssOf(parameters)
  return oid === ED25519 ? { kind: 'ed25519' } : undefined
}

/** RSASSA-PSS-params; RFC 4055, section 3.1. What is left out is SHA-1 with a salt of 20 bytes. */
function pssOf(parameters: DerElement | undefined): SignatureScheme | undefined {
  let digest: DigestName | undefined = 'sha1'
  let mask: DigestName | undefined = 'sha1'
  let salt = 20
  if (parameters && parameters.tag !== TAG.null) {
    if (parameters.tag !== TAG.sequence) return undefined
    for (const field of childrenOf(parameters)) {
      const value = unwrap(field)
      switch (field.tag) {
        case 0xa0:
          digest = digestOfOid(readAlgorithm(value).oid)
          break
        case 0xa1:
          mask = maskOf(readAlgorithm(value))
          break
        case 0xa2:
          salt = smallInteger(value)
          break
        default:
          // The trailer field has one value only.
          if (field.tag !== 0xa3 || smallInteger(value) !== 1) return undefined
      }
    }
  }
  return digest && mask && { kind: 'rsa-pss', digest, mask, salt }
}

function maskOf({ oid, parameters }: AlgorithmIdentifier): DigestName | undefined {
  return oid === MGF1 && parameters ? digestOfOid(readAlgorithm(parameters).oid) : undefined
}
