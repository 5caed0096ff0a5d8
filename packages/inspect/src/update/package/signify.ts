import { ed25519Preamble, type PublicKey, type SignifySignature, verifiesEd25519Hash } from '@messlatte/bytes'
import { type Finding, verifyRaw } from './finding.ts'
import type { World } from './world.ts'

/** SHA-512 (hex) of something that begins with these bytes; undefined where it is not known (yet). */
export type HashBehind = (before: Uint8Array) => string | undefined

/** Keys with which a message is hashed: each has a hash of its own. */
const MOST_HASHED = 8

/** Whether a signature of usign holds; undefined where that is not known. */
export function signifyHolds(
  { signature }: SignifySignature,
  key: PublicKey,
  hashOf: HashBehind,
): boolean | undefined {
  if (key.type !== 'ed25519') return false
  const raw = key.spki.subarray(-32)
  const hash = hashOf(ed25519Preamble(raw, signature))
  return hash === undefined ? undefined : verifiesEd25519Hash(raw, signature, Buffer.from(hash, 'hex'))
}

/** Tries the keys with the number that a signature names, and those that have none, as the user's own. */
export function verifySignify(
  id: string,
  world: World,
  holds: (key: PublicKey) => boolean | undefined,
): Finding {
  const keys = world.keys.filter((one) => one.id === id || one.id === undefined)
  let open = false
  let tried = 0
  const finding = verifyRaw(
    { ...world, keys },
    undefined,
    'pkcs1',
    (key) => {
      const result = tried++ < MOST_HASHED ? holds(key) : undefined
      open ||= result === undefined
      return result
    },
    ({ type }) => type === 'ed25519',
  )
  if (finding.result === 'holds') return finding
  if (open) return { result: 'unknown', why: 'missing' }
  return keys.some((one) => one.id === id && one.origin === 'earlier')
    ? { result: 'fails', because: 'signature', observed: { key: id } }
    : finding
}
