import { verify } from 'node:crypto'
import {
  CURVES,
  type CurveName,
  ecSpki,
  readPublicKey,
  recoverKeys,
  verifiesEcdsa,
  verifiesPss,
} from '@messlatte/bytes'
import type { Content } from './content.ts'
import { readEcdsaDer } from './der.ts'
import type { McubootFact, SignatureTlv, SignatureType } from './facts.ts'
import { type Candidate, candidate, type Image, isNamed, isTrusted, keyInTlv } from './keys.ts'

/** Curves of MCUboot; a key of these can be computed from a signature. */
const COMPUTED: readonly CurveName[] = ['P-256', 'P-384']

/** What verifying one signature came to. */
export type Outcome =
  | { readonly result: 'verified'; readonly keys: readonly Candidate[] }
  | {
      readonly result: 'refused'
      /** `misnamed`: it verifies with a key that the image does not name; `computed`: with none that it names. */
      readonly because: 'named' | 'misnamed' | 'only' | 'computed'
      readonly keys: readonly Candidate[]
    }
  | { readonly result: 'no-key' }
  | { readonly result: 'unsupported'; readonly why: 'algorithm' | 'encrypted' | 'too-large' }

/** What a signature is made over. */
type Signed = { readonly digest: Uint8Array } | { readonly message: Uint8Array }

export function verifySignature(
  image: Image,
  tlv: SignatureTlv,
  content: Content,
  candidates: readonly Candidate[],
  trustedDigests: readonly string[],
): Outcome {
  if (tlv.type === 'ecdsa224') return { result: 'unsupported', why: 'algorithm' }
  const signed = signedBy(image.data, tlv, content)
  if ('why' in signed) return { result: 'unsupported', why: signed.why }
  const own = tlv.publicKey === undefined ? undefined : keyInTlv(tlv.publicKey, image)
  const fitting = [...candidates, ...(own ? [own] : [])].filter(({ key }) => fits(key, tlv.type))
  const named = fitting.filter((one) => isMeant(one, tlv, own))
  const keys = named
    .filter(({ key }) => verifies(key, tlv, signed))
    .map((one) => (isTrusted(one, trustedDigests) ? { ...one, origin: 'trusted' as const } : one))
  if (keys.length > 0) return { result: 'verified', keys }
  // The bytes of an image that is still encrypted are not those that were signed.
  if (image.data.encrypted && image.data.pure) return { result: 'unsupported', why: 'encrypted' }
  const others = fitting.filter((one) => !named.includes(one) && verifies(one.key, tlv, signed))
  if (others.length > 0) return { result: 'refused', because: 'misnamed', keys: others }
  return refused(tlv, signed, named, image, trustedDigests)
}

function signedBy(
  { pure, message, encrypted }: McubootFact,
  { type }: SignatureTlv,
  { digests, clear, hashes }: Content,
): Signed | { readonly why: 'algorithm' | 'encrypted' | 'too-large' } {
  if (pure) {
    if (message === undefined) return { why: encrypted ? 'encrypted' : 'too-large' }
    return type === 'ed25519' ? { message: Buffer.from(message, 'base64') } : { why: 'algorithm' }
  }
  if (clear === 'closed') return { why: 'encrypted' }
  const algorithm = isRsa(type) ? 'sha256' : (hashes[0]?.hash.algorithm ?? 'sha256')
  const digest = digests[algorithm]
  return digest === undefined ? { why: 'encrypted' } : { digest: Buffer.from(digest, 'hex') }
}

function isRsa(type: SignatureType): boolean {
  return type === 'rsa2048-pss' || type === 'rsa3072-pss'
}

function fits(key: Candidate['key'], type: SignatureType): boolean {
  switch (type) {
    case 'rsa2048-pss':
      return key.type === 'rsa' && key.bits === 2048
    case 'rsa3072-pss':
      return key.type === 'rsa' && key.bits === 3072
    case 'ecdsa':
      return key.type === 'ec' && COMPUTED.includes(key.curve)
    case 'ed25519':
      return key.type === 'ed25519'
    case 'ecdsa224':
      return false
  }
}

/** Boot loaders take the key whose hash stands before the signature, the key that stands there itself, or the one they have. */
function isMeant(one: Candidate, { keyHash, publicKey }: SignatureTlv, own: Candidate | undefined): boolean {
  if (keyHash !== undefined) return isNamed(one, keyHash)
  return publicKey === undefined ? one.origin !== 'published' : one.spkiSha256 === own?.spkiSha256
}

function verifies(key: Candidate['key'], { value }: SignatureTlv, signed: Signed): boolean {
  const signature = Buffer.from(value, 'base64')
  switch (key.type) {
    case 'ed25519': {
      const message = 'message' in signed ? signed.message : signed.digest
      try {
        return verify(null, message, key.key, signature)
      } catch {
        return false
      }
    }
    case 'rsa':
      return 'digest' in signed && verifiesPss(key.key, signature, signed.digest)
    case 'ec': {
      const raw = readEcdsaDer(signature, CURVES[key.curve].size)
      return (
        raw !== undefined && 'digest' in signed && verifiesEcdsa(key.curve, key.point, raw, signed.digest)
      )
    }
  }
}

/** Why none verifies; where the key is not at hand, an ECDSA signature leads to it, and its hash tells whether it is meant. */
function refused(
  tlv: SignatureTlv,
  signed: Signed,
  named: readonly Candidate[],
  image: Image,
  trustedDigests: readonly string[],
): Outcome {
  const certain = tlv.keyHash !== undefined || tlv.publicKey !== undefined
  if (certain && named.length > 0) return { result: 'refused', because: 'named', keys: named }
  const { keyHash } = tlv
  if (keyHash !== undefined && tlv.type === 'ecdsa' && 'digest' in signed) {
    const keys = computedKeys(tlv, signed.digest, image)
      .filter((one) => isNamed(one, keyHash))
      .map((one) => (isTrusted(one, trustedDigests) ? { ...one, origin: 'trusted' as const } : one))
    return keys.length > 0
      ? { result: 'verified', keys }
      : { result: 'refused', because: 'computed', keys: [] }
  }
  const anchors = named.filter(({ origin }) => origin === 'trusted' || origin === 'earlier')
  const only = new Set(anchors.map(({ spkiSha256 }) => spkiSha256)).size === 1
  return only ? { result: 'refused', because: 'only', keys: anchors } : { result: 'no-key' }
}

function computedKeys({ value }: SignatureTlv, digest: Uint8Array, { place }: Image): readonly Candidate[] {
  return COMPUTED.flatMap((curve) => {
    const raw = readEcdsaDer(Buffer.from(value, 'base64'), CURVES[curve].size)
    const points = raw ? recoverKeys(curve, raw, digest) : []
    return points.flatMap((point) => {
      const key = readPublicKey(ecSpki(curve, point))
      return key ? [candidate(key, 'computed', place.path)] : []
    })
  })
}
