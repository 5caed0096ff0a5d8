import { constants, createSign, type KeyObject, sign } from 'node:crypto'
import { type Bytes, forEachWindow, type SignatureScheme } from '@messlatte/bytes'
import { NotMade, text } from '../contract.ts'

const WINDOW = 1024 * 1024
/** Ed25519 hashes its message twice, so that it has to be at hand. */
const MOST_AT_ONCE = 256 * 1024 * 1024

/** Signs a stretch. ECDSA signatures are DER. @throws NotMade for what Node.js cannot sign */
export function signStretch(
  scheme: SignatureScheme,
  key: KeyObject,
  bytes: Bytes,
  at = 0,
  length = bytes.size - at,
): Buffer {
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
  return scheme.kind === 'rsa-pss'
    ? signer.sign({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.salt })
    : signer.sign(key)
}
