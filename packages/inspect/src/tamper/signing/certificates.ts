import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Certificate, childrenOf, memoryBytes, onlyElement, TAG, writeElement } from '@messlatte/bytes'
import { NotMade, text } from '../contract.ts'
import { kindOf, type ThrowAwayKeys } from './keys.ts'
import { signStretch } from './sign.ts'

/** A certificate that says the same of itself as another one, with a key of which nobody has the other half for long. */
export interface Double {
  readonly der: Uint8Array
  readonly key: KeyObject
}

/**
 * Doubles of certificates: same names, numbers, dates and extensions, other keys. A double is signed by the double of its
 * issuer where that is among them, by a throw-away key of the issuer's name otherwise.
 * @throws NotMade
 */
export function doublesOf(certificates: readonly Certificate[], keys: ThrowAwayKeys): readonly Double[] {
  const keyOf = ({ key, subject }: Certificate): KeyObject => {
    if (!key) throw new NotMade(UNKNOWN_KEY)
    return keys.keyFor(`certificate ${subject.text}`, kindOf(key))
  }
  return certificates.map((one) => {
    const issuer = certificates.find(({ subject }) => subject.text === one.issuer.text)
    const { scheme } = one.signed
    if (!scheme) throw new NotMade(UNKNOWN_KEY)
    const issuerKind =
      scheme.kind === 'ed25519'
        ? ({ type: 'ed25519' } as const)
        : scheme.kind === 'ecdsa'
          ? ({ type: 'ec', curve: 'P-256' } as const)
          : ({ type: 'rsa', bits: 2048 } as const)
    const by = issuer ? keyOf(issuer) : keys.keyFor(`issuer ${one.issuer.text}`, issuerKind)
    const key = keyOf(one)
    const [body, algorithm] = childrenOf(onlyElement(one.der))
    const fields = childrenOf(onlyElement(one.signed.message)).map(({ whole }) => whole)
    const at = fields.findIndex((field) => Buffer.from(field).equals(one.spki))
    if (!body || !algorithm || at < 0) throw new NotMade(UNKNOWN_KEY)
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
    const message = writeElement(TAG.sequence, ...fields.with(at, spki))
    const signature = signStretch(scheme, by, memoryBytes(message))
    const bits = writeElement(TAG.bitString, Buffer.of(0), signature)
    return { der: writeElement(TAG.sequence, message, algorithm.whole, bits), key }
  })
}

const UNKNOWN_KEY = text(
  'The certificate has a key or a signature of a kind that is not made here.',
  'Das Zertifikat hat einen Schlüssel oder eine Signatur einer Art, die hier nicht gebildet wird.',
)
