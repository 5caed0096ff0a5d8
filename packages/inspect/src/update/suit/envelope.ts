import {
  type CborMap,
  type CborValue,
  cborBytesHead,
  type DigestName,
  digest,
  encodeCbor,
  isCborArray,
  isCborMap,
  isCborTag,
  readCbor,
} from '@messlatte/bytes'
import { type Collected, collect } from './commands.ts'
import type { SuitDigest, SuitFact, SuitPayload, SuitSignature } from './facts.ts'

const ENVELOPE = 107
const SIGN1 = 18
const MAC0 = 17
const AUTHENTICATION = 2
const MANIFEST = 3
const MOST_SIGNATURES = 16
const MOST_PAYLOADS = 100
/** Parts of a manifest by their keys; draft-ietf-suit-manifest, and update-management for 13 and 14. */
const PARTS: Readonly<Record<number, string>> = {
  7: 'validate',
  8: 'load',
  9: 'invoke',
  15: 'dependency-resolution',
  16: 'payload-fetch',
  17: 'install',
  20: 'install',
  23: 'text',
}
/** By the numbers of COSE; RFC 9054. */
export const SUIT_DIGESTS: Readonly<Record<number, DigestName & ('sha256' | 'sha384' | 'sha512')>> = {
  [-16]: 'sha256',
  [-43]: 'sha384',
  [-44]: 'sha512',
}

/** An envelope; undefined for what is none. draft-ietf-suit-manifest, section 8. */
export function parseEnvelope(bytes: Uint8Array): SuitFact | undefined {
  const outer = readCbor(bytes)
  const envelope = isCborTag(outer) && outer.tag === ENVELOPE ? outer.value : outer
  if (!isCborMap(envelope)) return undefined
  const wrapped = envelope.get(MANIFEST)
  const manifest = wrapped instanceof Uint8Array ? readCbor(wrapped) : undefined
  if (!(wrapped instanceof Uint8Array) || !isCborMap(manifest)) return undefined
  const wrapper = arrayIn(envelope.get(AUTHENTICATION)) ?? []
  const stated = digestIn(wrapper[0])
  const found = collect(manifest, envelope)
  return {
    signatures: signaturesIn(wrapper),
    digest: stated,
    computed: stated && hashed(stated.algorithm, cborBytesHead(wrapped.length), wrapped),
    version: numberIn(manifest, 1),
    sequence: numberIn(manifest, 2),
    components: found.components,
    vendors: found.vendors,
    classes: found.classes,
    digests: found.digests.flatMap((one) => digestIn(one) ?? []),
    payloads: payloadsOf(envelope, found),
    severed: severedIn(envelope, manifest),
    encrypted: found.encrypted,
  }
}

function numberIn(map: CborMap, key: number): number | undefined {
  const value = map.get(key)
  return typeof value === 'number' ? value : undefined
}

/** What is wrapped into a byte string. */
function arrayIn(value: CborValue | undefined): readonly CborValue[] | undefined {
  const inside = value instanceof Uint8Array ? readCbor(value) : value
  return isCborArray(inside) ? inside : undefined
}

function digestIn(value: CborValue | undefined): SuitDigest | undefined {
  const [algorithm, bytes] = arrayIn(value) ?? []
  return typeof algorithm === 'number' && bytes instanceof Uint8Array
    ? { algorithm, value: Buffer.from(bytes).toString('hex') }
    : undefined
}

function hashed(algorithm: number, ...pieces: readonly Uint8Array[]): string | undefined {
  const name = SUIT_DIGESTS[algorithm]
  return name && digest(name, ...pieces).toString('hex')
}

/** The first element is the digest, and is the payload of the others, which lie beside it. RFC 9052, section 4.4. */
function signaturesIn([first, ...blocks]: readonly CborValue[]): readonly SuitSignature[] {
  if (!(first instanceof Uint8Array)) return []
  return blocks.slice(0, MOST_SIGNATURES).flatMap((block): readonly SuitSignature[] => {
    const tagged = block instanceof Uint8Array ? readCbor(block) : block
    if (!isCborTag(tagged) || !isCborArray(tagged.value)) return []
    const [guarded, open, , value] = tagged.value
    if (!(guarded instanceof Uint8Array) || !(value instanceof Uint8Array)) return []
    const header = readCbor(guarded)
    const algorithm = isCborMap(header) ? numberIn(header, 1) : undefined
    const kid = (isCborMap(header) && header.get(4)) || (isCborMap(open) && open.get(4))
    return [
      {
        algorithm,
        message: encodeCbor([
          tagged.tag === MAC0 ? 'MAC0' : 'Signature1',
          guarded,
          new Uint8Array(0),
          first,
        ]).toString('base64'),
        value: Buffer.from(value).toString('base64'),
        kid: kid instanceof Uint8Array ? Buffer.from(kid).toString('base64') : undefined,
        isMac: tagged.tag !== SIGN1,
      },
    ]
  })
}

function payloadsOf(envelope: CborMap, { uris }: Collected): readonly SuitPayload[] {
  const inside = [...envelope].flatMap(([name, value]): readonly SuitPayload[] =>
    typeof name === 'string' && value instanceof Uint8Array
      ? [
          {
            name: printable(name),
            digests: Object.fromEntries(
              Object.values(SUIT_DIGESTS).map((one) => [one, digest(one, ...toldOf(value)).toString('hex')]),
            ),
          },
        ]
      : [],
  )
  const names = new Set(inside.map(({ name }) => name))
  const fetched = uris.map(printable).filter((name) => !names.has(name))
  return [...inside, ...fetched.map((name) => ({ name, digests: undefined }))].slice(0, MOST_PAYLOADS)
}

/** Of an envelope within an envelope the digest of its manifest is told, of other contents their own. */
function toldOf(content: Uint8Array): readonly Uint8Array[] {
  const outer = readCbor(content)
  const manifest = isCborTag(outer) && isCborMap(outer.value) ? outer.value.get(MANIFEST) : undefined
  return manifest instanceof Uint8Array ? [cborBytesHead(manifest.length), manifest] : [content]
}

function printable(text: string): string {
  return text.slice(0, 300).replace(/[^\x20-\x7e]/g, '?')
}

/** Parts that may be cut off again: the manifest has their digest in their place. */
function severedIn(envelope: CborMap, manifest: CborMap): SuitFact['severed'] {
  return [...envelope].flatMap(([key, value]) => {
    if (typeof key !== 'number' || key === AUTHENTICATION || key === MANIFEST || key === 1) return []
    if (!(value instanceof Uint8Array)) return []
    const stated = digestIn(manifest.get(key))
    const found = stated && hashed(stated.algorithm, cborBytesHead(value.length), value)
    const result = stated === undefined ? 'not-covered' : found === stated.value ? 'same' : 'other'
    return [{ name: PARTS[key] ?? `part ${key}`, result } as const]
  })
}
