import type { KeyObject } from 'node:crypto'
import type { Bytes, CurveName } from '@messlatte/bytes'
import { type Payload, parsePayload, payloadSignatures } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import { signStretch } from '../signing/sign.ts'
import { olderVersion } from '../values.ts'

/** Magic, version, and sizes of the manifest and of its signature; big endian. AOSP, system/update_engine. */
const HEADER = 24
const SIGNATURE_SIZE_AT = 20
/** Fields of DeltaArchiveManifest, update_metadata.proto. */
const MAX_TIMESTAMP = 14
const SECURITY_PATCH = 18
/** Signatures of ECDSA have several lengths; one of the same is soon found. */
const TRIES = 400

/** payload.bin of Android's A/B updates: a manifest, its signature, data, and a signature over all. */
export function payloadAnatomy(bytes: Bytes): Anatomy | undefined {
  const payload = parsePayload(bytes, 0)
  if (!payload || payload.end > bytes.size) return undefined
  const { metadataSignatures, payloadSignatures: signatures } = payload
  const isSigned = metadataSignatures !== undefined || signatures !== undefined
  return {
    format: 'android-payload',
    signed: isSigned ? 'yes' : 'no',
    parts: partsOf(payload),
    forgeries: [
      ...(metadataSignatures ? [stripped(bytes, metadataSignatures)] : []),
      ...(signatures ? [blanked(bytes, signatures)] : []),
      ...(isSigned
        ? [
            {
              kind: 'foreign-key',
              title: DONE.foreignKey,
              make: (hands) => signedWith(Rope.of(bytes), 'foreign', hands),
            } satisfies Forgery,
          ]
        : []),
      ...correctedDigests(bytes, payload),
      ...older(bytes, payload),
    ],
    limits: [
      text(
        'Which device an update is for is said by the archive around it.',
        'Für welches Gerät ein Update ist, sagt das Archiv darum.',
      ),
    ],
  }
}

function partsOf(payload: Payload): readonly Part[] {
  const {
    signedMetadata,
    metadataSignatures,
    payloadSignatures: signatures,
    blobsAt,
    signedPayload,
  } = payload
  const data = signedPayload.at(-1)
  return [
    {
      name: 'manifest',
      title: text('manifest', 'Manifest'),
      at: HEADER,
      length: signedMetadata.length - HEADER,
      cover: metadataSignatures || signatures ? 'signed' : 'unsigned',
    } as const,
    ...(metadataSignatures
      ? [
          {
            name: 'metadata-signature',
            title: text('signature of the metadata', 'Signatur der Metadaten'),
            ...metadataSignatures,
            cover: 'signature',
          } as const,
        ]
      : []),
    ...(data && data.length > 0
      ? [
          {
            name: 'data',
            title: text('data', 'Daten'),
            at: blobsAt,
            length: data.length,
            cover: signatures ? 'signed' : dataCover(payload),
          } as const,
        ]
      : []),
    ...(signatures
      ? [
          {
            name: 'payload-signature',
            title: text('signature of the payload', 'Signatur der Nutzlast'),
            ...signatures,
            cover: 'signature',
          } as const,
        ]
      : []),
  ]
}

/** Digests of operations stand in the manifest. */
function dataCover({ partitions, metadataSignatures }: Payload): Part['cover'] {
  const all = partitions.flatMap(({ update }) => update.operations).filter(({ dataLength }) => dataLength > 0)
  return metadataSignatures && all.every(({ digest }) => digest.length > 0) ? 'signed' : 'unsigned'
}

function stripped(bytes: Bytes, { at, length }: { readonly at: number; readonly length: number }): Forgery {
  return {
    kind: 'stripped-signature',
    title: text('The signature of the metadata is taken out.', 'Die Signatur der Metadaten ist entfernt.'),
    make: () => Rope.of(bytes).splice(at, length).write(SIGNATURE_SIZE_AT, Buffer.alloc(4)),
  }
}

function blanked(bytes: Bytes, { at, length }: { readonly at: number; readonly length: number }): Forgery {
  return {
    kind: 'stripped-signature',
    variant: 'payload',
    title: text(
      'The signature of the payload is overwritten with zeros.',
      'Die Signatur der Nutzlast ist mit Nullen überschrieben.',
    ),
    make: () => Rope.of(bytes).write(at, Buffer.alloc(length)),
  }
}

/** Both signatures anew: that of the metadata, and that over metadata and data. */
function signedWith(rope: Rope, who: 'foreign' | 'own', hands: Hands): Rope {
  const payload = parsePayload(rope, 0)
  if (!payload) throw new NotMade(UNREADABLE)
  const { signedMetadata, signedPayload, metadataSignatures, payloadSignatures: signatures } = payload
  let signed = rope
  if (metadataSignatures)
    signed = replaced(signed, metadataSignatures, (old) =>
      sign(old, rope.cut(signedMetadata.at + signedMetadata.length), who, hands),
    )
  if (signatures) {
    const last = signedPayload.at(-1) as { at: number; length: number }
    const message = rope
      .cut(last.at + last.length)
      .splice(signedMetadata.length, last.at - signedMetadata.length)
    signed = replaced(signed, signatures, (old) => sign(old, message, who, hands))
  }
  return signed
}

function replaced(
  rope: Rope,
  { at, length }: { readonly at: number; readonly length: number },
  make: (old: Uint8Array) => Buffer,
): Rope {
  const message = Buffer.from(rope.view(at, length))
  return payloadSignatures(message).reduce((signed, old) => {
    const found = message.indexOf(old)
    return found < 0 ? signed : signed.write(at + found, make(old))
  }, rope)
}

function sign(old: Uint8Array, message: Rope, who: 'foreign' | 'own', hands: Hands): Buffer {
  const isEcdsa = old[0] === 0x30 && old.length < 128
  const curve: CurveName = old.length > 80 ? 'P-384' : 'P-256'
  const kind = isEcdsa ? ({ type: 'ec', curve } as const) : ({ type: 'rsa', bits: old.length * 8 } as const)
  const key: KeyObject | undefined = who === 'own' ? hands.own : hands.keys.keyFor('signer', kind)
  if (!key) throw new NotMade(UNREADABLE)
  const scheme = { kind: isEcdsa ? 'ecdsa' : 'rsa-pkcs1', digest: 'sha256' } as const
  for (let tries = 0; tries < TRIES; tries++) {
    const signature = signStretch(scheme, key, message)
    if (signature.length === old.length) return signature
    if (!isEcdsa) break
  }
  throw new NotMade(
    text('The key that was handed in has another size.', 'Der übergebene Schlüssel hat eine andere Größe.'),
  )
}

const UNREADABLE = text('There is no signature that can be read.', 'Es gibt keine lesbare Signatur.')

function correctedDigests(bytes: Bytes, { partitions, blobsAt }: Payload): readonly Forgery[] {
  const [operation] = partitions
    .flatMap(({ update }) => update.operations)
    .filter(({ dataLength, digest }) => dataLength > 0 && digest.length === 32)
    .sort((a, b) => b.dataLength - a.dataLength)
  if (!operation) return []
  const at = blobsAt + operation.dataAt
  return [
    {
      kind: 'corrected-digests',
      title: both(
        text(
          'One bit is flipped in the largest piece of data, and its SHA-256 in the manifest is computed again.',
          'Ein Bit ist im größten Datenstück gekippt, sein SHA-256 im Manifest neu berechnet.',
        ),
        DONE.signatureKept,
      ),
      make() {
        const flipped = Rope.of(bytes).flip(at + Math.floor(operation.dataLength / 2))
        const manifest = Buffer.from(
          bytes.view(HEADER, Number(Buffer.from(bytes.view(12, 8)).readBigUInt64BE())),
        )
        const found = manifest.indexOf(operation.digest)
        if (found < 0) throw new NotMade(UNREADABLE)
        return flipped.write(HEADER + found, digestOf(flipped, 'sha256', at, operation.dataLength))
      },
    },
  ]
}

/** Numbers and texts of the manifest that keep their length. */
function older(bytes: Bytes, { manifest, signedMetadata }: Payload): readonly Forgery[] {
  const stored = Buffer.from(bytes.view(HEADER, signedMetadata.length - HEADER))
  const written = (at: number, value: Uint8Array, hands: Hands) => {
    const rope = Rope.of(bytes).write(HEADER + at, value)
    return hands.own ? signedWith(rope, 'own', hands) : rope
  }
  const { maxTimestamp, securityPatchLevel } = manifest
  const time = maxTimestamp === undefined ? -1 : stored.lastIndexOf(field(MAX_TIMESTAMP, maxTimestamp))
  const level = securityPatchLevel === undefined ? undefined : olderVersion(securityPatchLevel)
  const levelAt = stored.lastIndexOf(
    Buffer.concat([
      key(SECURITY_PATCH, 2),
      Buffer.of(securityPatchLevel?.length ?? 0),
      Buffer.from(securityPatchLevel ?? '', 'latin1'),
    ]),
  )
  return [
    ...(time >= 0 && maxTimestamp !== undefined && maxTimestamp > 0
      ? [
          {
            kind: 'older-version',
            title: DONE.olderVersion(String(maxTimestamp), String(maxTimestamp - 1)),
            make: (hands: Hands) => written(time, field(MAX_TIMESTAMP, maxTimestamp - 1), hands),
          } as const,
        ]
      : []),
    ...(level !== undefined && levelAt >= 0
      ? [
          {
            kind: 'older-version',
            variant: 'patch-level',
            title: DONE.olderVersion(securityPatchLevel ?? '', level),
            make: (hands: Hands) =>
              written(levelAt + key(SECURITY_PATCH, 2).length + 1, Buffer.from(level, 'latin1'), hands),
          } as const,
        ]
      : []),
  ]
}

/** Protocol Buffers, "Encoding": a key, then a number in groups of seven bits. */
function field(number: number, value: number): Buffer {
  return Buffer.concat([key(number, 0), varint(value)])
}

function key(number: number, wire: 0 | 2): Buffer {
  return varint(number * 8 + wire)
}

export function varint(value: number): Buffer {
  const bytes: number[] = []
  let left = value
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80)
  return Buffer.from([...bytes, left])
}
