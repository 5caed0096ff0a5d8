import { constants, createSign, type KeyObject, type Sign, sign } from 'node:crypto'
import { type Bytes, forEachWindow, type SignatureScheme } from '@messlatte/bytes'
import { NotMade, text } from '../contract.ts'

/** DER, or both numbers in full length. */
export type EcdsaForm = 'der' | 'raw'

const WINDOW = 1024 * 1024
/** Ed25519 hashes its message twice, so that it has to be at hand. */
const MOST_AT_ONCE = 256 * 1024 * 1024

/** Signs a stretch. @throws NotMade for what Node.js cannot sign, and for keys of another kind */
export function signStretch(
  scheme: SignatureScheme,
  key: KeyObject,
  bytes: Bytes,
  at = 0,
  length = bytes.size - at,
  form: EcdsaForm = 'der',
): Buffer {
  const type = scheme.kind === 'ed25519' ? 'ed25519' : scheme.kind === 'ecdsa' ? 'ec' : 'rsa'
  if (key.asymmetricKeyType !== type)
    throw new NotMade(
      text(
        `The key that was handed in is not of the kind of this signature (${type}).`,
        `Der übergebene Schlüssel ist nicht von der Art dieser Signatur (${type}).`,
      ),
    )
  if (scheme.kind === 'ed25519') {
    if (length > MOST_AT_ONCE)
      throw new NotMade(
        text(
          'Over 256 MiB, an Ed25519 signature is not made here.',
          'Über mehr als 256 MiB wird hier keine Ed25519-Signatur gebildet.',
        ),
      )
    const message = Buffer.alloc(length)
    bytes.copy(at, message)
    return sign(null, message, key)
  }
  const signer = createSign(scheme.digest)
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    signer.update(window)
    return true
  })
  try {
    return finished(signer, scheme, key, form)
  } catch (cause) {
    throw new NotMade(
      text(
        `The key cannot make such a signature: ${(cause as Error).message}.`,
        `Der Schlüssel kann eine solche Signatur nicht bilden: ${(cause as Error).message}.`,
      ),
    )
  }
}

function finished(signer: Sign, scheme: SignatureScheme, key: KeyObject, form: EcdsaForm): Buffer {
  switch (scheme.kind) {
    case 'rsa-pss':
      return signer.sign({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.salt })
    case 'ecdsa':
      return signer.sign({ key, dsaEncoding: form === 'raw' ? 'ieee-p1363' : 'der' })
    default:
      return signer.sign(key)
  }
}
