import type { KeyObject } from 'node:crypto'
import { DIGESTS, type DigestName } from './digests.ts'
import { openRsaBlock } from './rsa-block.ts'

/**
 * Whether an RSA signature with the padding of PKCS #1 v1.5 holds over a digest; node verifies messages only. The block is
 * made and compared whole, never parsed. RFC 8017, section 8.2.2.
 */
export function verifiesPkcs1(
  key: KeyObject,
  signature: Uint8Array,
  digest: Uint8Array,
  name: DigestName = 'sha256',
): boolean {
  const block = openRsaBlock(key, signature)
  if (block === undefined) return false
  const info = Buffer.concat([Buffer.from(DIGESTS[name].prefix, 'hex'), digest])
  const filling = block.length - info.length - 3
  if (filling < 8) return false
  const expected = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(filling, 0xff), Buffer.from([0]), info])
  return expected.equals(block)
}
