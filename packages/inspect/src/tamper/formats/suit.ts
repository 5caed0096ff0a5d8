import {
  type Bytes,
  type CborMap,
  type CurveName,
  cborBytesHead,
  digest,
  isCborArray,
  isCborMap,
  isCborTag,
  memoryBytes,
  readCbor,
} from '@messlatte/bytes'
import { parseEnvelope, SUIT_DIGESTS } from '../../update/suit/envelope.ts'
import type { SuitFact } from '../../update/suit/facts.ts'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { signStretch } from '../signing/sign.ts'
import { slugsOf } from './slugs.ts'

const MOST = 16 * 1024 * 1024
/** Keys of an envelope; draft-ietf-suit-manifest, section 8. */
const AUTHENTICATION = 2
const MANIFEST = 3
/** COSE algorithms; RFC 9053. */
const ALGORITHMS: Readonly<
  Record<number, { readonly curve?: CurveName; readonly digest?: 'sha256' | 'sha384' | 'sha512' }>
> = {
  [-7]: { curve: 'P-256', digest: 'sha256' },
  [-9]: { curve: 'P-256', digest: 'sha256' },
  [-35]: { curve: 'P-384', digest: 'sha384' },
  [-51]: { curve: 'P-384', digest: 'sha384' },
  [-8]: {},
  [-19]: {},
}

/** Envelopes of SUIT: a manifest, its digest with signatures, and payloads that may travel along. */
export function suitAnatomy(bytes: Bytes): Anatomy | undefined {
  if (bytes.size > MOST || bytes.size < 8) return undefined
  const content = Buffer.from(bytes.view(0, bytes.size))
  const fact = factOf(content)
  const envelope = fact && envelopeOf(content)
  if (!fact || !envelope) return undefined
  const isSigned = fact.signatures.length > 0
  return {
    format: 'suit',
    signed: isSigned ? 'yes' : 'no',
    parts: partsOf(content, envelope, fact),
    sums: { title: text('digest of the manifest', 'Digest des Manifests'), mend: mendDigest },
    forgeries: [
      ...(isSigned
        ? ([
            {
              kind: 'stripped-signature',
              title: DONE.strippedSignature,
              make: () => stripped(content, envelope, bytes),
            },
            {
              kind: 'foreign-key',
              title: DONE.foreignKey,
              make: (hands) => signedWith(Rope.of(bytes), 'foreign', hands),
            },
          ] satisfies readonly Forgery[])
        : []),
      ...older(bytes, content, envelope, fact),
      ...otherHardware(bytes, content, fact),
    ],
    limits: [],
  }
}

function factOf(content: Buffer): SuitFact | undefined {
  try {
    return content[0] === 0xd8 || (content[0] ?? 0) >> 5 === 5 ? parseEnvelope(content) : undefined
  } catch {
    return undefined
  }
}

function envelopeOf(content: Buffer): CborMap | undefined {
  const outer = readCbor(content)
  const envelope = isCborTag(outer) ? outer.value : outer
  return isCborMap(envelope) ? envelope : undefined
}

/** Where a byte string of the envelope lies: as large as it is, its bytes stand nowhere else before. */
function placeOf(
  content: Buffer,
  value: unknown,
): { readonly at: number; readonly length: number } | undefined {
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined
  const at = content.indexOf(value)
  return at < 0 ? undefined : { at, length: value.length }
}

function partsOf(content: Buffer, envelope: CborMap, fact: SuitFact): readonly Part[] {
  const cover = fact.signatures.length > 0 ? 'signed' : 'unsigned'
  const manifest = placeOf(content, envelope.get(MANIFEST))
  const values = fact.signatures.flatMap(({ value }) => placeOf(content, Buffer.from(value, 'base64')) ?? [])
  const payloads = [...envelope].flatMap(([name, value]) => {
    const place = typeof name === 'string' ? placeOf(content, value) : undefined
    return place ? [{ name: name as string, place }] : []
  })
  const slugs = slugsOf(payloads.map(({ name }) => name))
  return [
    ...(manifest
      ? [
          {
            name: 'manifest',
            title: text('manifest', 'Manifest'),
            ...manifest,
            cover,
            flipAt: manifest.length - 2,
          } as const,
        ]
      : []),
    ...values.map(
      (place, index): Part => ({
        name: index === 0 ? 'signature' : `signature-${index + 1}`,
        title: text('value of a signature', 'Wert einer Signatur'),
        ...place,
        cover: 'signature',
      }),
    ),
    ...payloads.map(
      ({ name, place }, index): Part => ({
        name: slugs[index] as string,
        title: text(`payload "${name}"`, `Nutzlast „${name}“`),
        ...place,
        cover,
      }),
    ),
  ]
}

/** The digest that is signed, over the manifest as a byte string. */
function mendDigest(changed: Rope): Rope {
  const content = Buffer.from(changed.view(0, changed.size))
  const fact = factOf(content)
  const manifest = envelopeOf(content)?.get(MANIFEST)
  const name = fact?.digest && SUIT_DIGESTS[fact.digest.algorithm]
  if (!fact?.digest || !name || !(manifest instanceof Uint8Array)) return changed
  const found = digest(name, cborBytesHead(manifest.length), manifest)
  const old = Buffer.from(fact.digest.value, 'hex')
  const at = content.indexOf(old)
  return found.equals(old) || at < 0 ? changed : changed.write(at, found)
}

/** The digest alone: an array of one. */
function stripped(content: Buffer, envelope: CborMap, bytes: Bytes): Rope {
  const wrapper = envelope.get(AUTHENTICATION)
  const place = placeOf(content, wrapper)
  const list = wrapper instanceof Uint8Array ? readCbor(wrapper) : undefined
  const [first] = isCborArray(list) ? list : []
  if (!place || !(first instanceof Uint8Array)) throw new NotMade(OTHER)
  const only = Buffer.concat([Buffer.of(0x81), cborBytesHead(first.length), first])
  const head = cborBytesHead(place.length).length
  return Rope.of(bytes).splice(
    place.at - head,
    head + place.length,
    Buffer.concat([cborBytesHead(only.length), only]),
  )
}

function signedWith(rope: Rope, who: 'foreign' | 'own', hands: Hands): Rope {
  const content = Buffer.from(rope.view(0, rope.size))
  const fact = factOf(content)
  if (!fact) throw new NotMade(OTHER)
  return fact.signatures.reduce((signed, { algorithm, message, value, isMac }) => {
    const made = algorithm === undefined || isMac ? undefined : ALGORITHMS[algorithm]
    const place = placeOf(content, Buffer.from(value, 'base64'))
    if (!made || !place) throw new NotMade(OTHER)
    const { curve, digest: name } = made
    const key =
      who === 'own'
        ? hands.own
        : hands.keys.keyFor('signer', curve ? { type: 'ec', curve } : { type: 'ed25519' })
    if (!key) throw new NotMade(OTHER)
    const over = memoryBytes(Buffer.from(message, 'base64'))
    const scheme = curve && name ? ({ kind: 'ecdsa', digest: name } as const) : ({ kind: 'ed25519' } as const)
    const signature = signStretch(scheme, key, over, 0, over.size, 'raw')
    if (signature.length !== place.length) throw new NotMade(OTHER)
    return signed.write(place.at, signature)
  }, rope)
}

const OTHER = text(
  'The envelope is signed in a way that is not made here.',
  'Der Umschlag ist auf eine Art signiert, die hier nicht gebildet wird.',
)

function rewritten(rope: Rope, hands: Hands): Rope {
  const mended = mendDigest(rope)
  return hands.own ? signedWith(mended, 'own', hands) : mended
}

/** The manifest begins with its version, 1, and then the sequence number. */
function older(bytes: Bytes, content: Buffer, envelope: CborMap, { sequence }: SuitFact): readonly Forgery[] {
  const manifest = placeOf(content, envelope.get(MANIFEST))
  const value = sequence ?? 0
  if (!manifest || value < 1) return []
  const number = (one: number) => Buffer.concat([Buffer.of(0x01, 0x01, 0x02), unsignedCbor(one)])
  const at = content.subarray(manifest.at, manifest.at + manifest.length).indexOf(number(value))
  if (at < 0 || number(value).length !== number(value - 1).length) return []
  return [
    {
      kind: 'older-version',
      title: text(
        `The sequence number is ${value - 1} instead of ${value}.`,
        `Die Folgenummer ist ${value - 1} statt ${value}.`,
      ),
      make: (hands) => rewritten(Rope.of(bytes).write(manifest.at + at, number(value - 1)), hands),
    },
  ]
}

/** As the head of a byte string, with another major type: RFC 8949, section 3. */
function unsignedCbor(value: number): Buffer {
  const head = Buffer.from(cborBytesHead(value))
  head[0] = (head[0] as number) & 0x1f
  return head
}

function otherHardware(bytes: Bytes, content: Buffer, { classes, vendors }: SuitFact): readonly Forgery[] {
  const [id] = [...classes, ...vendors]
  const at = id === undefined ? -1 : content.indexOf(Buffer.from(id.replaceAll('-', ''), 'hex'))
  if (at < 0) return []
  return [
    {
      kind: 'other-hardware',
      title: text('The class of devices is another one.', 'Die Geräteklasse ist eine andere.'),
      make: (hands) => rewritten(Rope.of(bytes).flip(at), hands),
    },
  ]
}
