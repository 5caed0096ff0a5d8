import { createHash } from 'node:crypto'
import { rsaSpki } from '@messlatte/bytes'
import { parseAvbKey } from '@messlatte/unpack'
import type { AvbKeyFact } from './facts.ts'

const EXPONENT = Buffer.from([1, 0, 1])

export function keyFact(blob: Uint8Array): AvbKeyFact {
  const key = parseAvbKey(blob)
  return {
    spki: key && rsaSpki(key.modulus, EXPONENT)?.toString('base64'),
    blobSha256: createHash('sha256').update(blob).digest('hex'),
    blobSha1: createHash('sha1').update(blob).digest('hex'),
    bits: key?.bits ?? 0,
  }
}
