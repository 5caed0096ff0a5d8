import { type OpenpgpSignature, openpgpHolds, readOpenpgpSignatures } from '@messlatte/bytes'
import { type Finding, verifyRaw } from './finding.ts'
import type { World } from './world.ts'

const ORDER = { holds: 0, fails: 1, unknown: 2 } as const

/**
 * Tries every signature of a message with the keys that it names; one that holds is enough, as for apt and gpgv.
 * @param encoded binary packets, base64
 * @param digestOf what it is over, hashed as the signature wants it; undefined where that is not known (yet)
 */
export function verifyOpenpgp(
  encoded: string,
  digestOf: (signature: OpenpgpSignature) => Uint8Array | undefined,
  world: World,
): Finding {
  const signatures = readOpenpgpSignatures(Buffer.from(encoded, 'base64'))
  if (signatures.length === 0) return { result: 'unknown', why: 'unreadable' }
  const found = signatures.map((one) => ofSignature(one, digestOf, world))
  return found.toSorted((a, b) => ORDER[a.result] - ORDER[b.result])[0] as Finding
}

function ofSignature(
  signature: OpenpgpSignature,
  digestOf: (signature: OpenpgpSignature) => Uint8Array | undefined,
  world: World,
): Finding {
  const { digest, key: kind, issuers } = signature
  if (digest === undefined || kind === 'other') return { result: 'unknown', why: 'algorithm' }
  const hashed = digestOf(signature)
  if (!hashed) return { result: 'unknown', why: 'missing' }
  const keys = world.keys.filter(({ id }) => id === undefined || issuers.includes(id))
  const finding = verifyRaw(
    { ...world, keys },
    digest,
    'pkcs1',
    (key) => openpgpHolds(signature, key, hashed),
    ({ type }) => (type === 'ec' ? 'ecdsa' : type) === kind,
  )
  if (finding.result === 'holds') return finding
  return keys.some(({ id, origin }) => id !== undefined && origin === 'earlier')
    ? { result: 'fails', because: 'signature', observed: { issuers: [...issuers], digest } }
    : finding
}
