import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Bytes, memoryBytes, readSignifyKey, readSignifySignature } from '@messlatte/bytes'
import { crc32Of, type FwtoolChunk, fwtoolTail, readUcert } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { signStretch } from '../signing/sign.ts'
import { olderVersion, otherName } from '../values.ts'
import { unsigned } from './numbers.ts'

/** Of the trailer of a chunk, in bytes: where its sum stands. */
const SUM = 4
const ED25519 = { kind: 'ed25519' } as const

/** Images of OpenWrt: what fwtool appended tells the devices that they are for, and signs all before. */
export function sysupgradeAnatomy(bytes: Bytes): Anatomy | undefined {
  const chunks = fwtoolTail(bytes)
  const [first] = chunks
  if (!first || first.start === 0) return undefined
  const last = chunks.at(-1)
  const signature = last?.type === 'signature' ? last : undefined
  return {
    format: 'fwtool',
    signed: signature ? 'yes' : 'no',
    parts: [
      {
        name: 'image',
        title: text('image', 'Image'),
        at: 0,
        length: first.start,
        cover: signature ? 'signed' : 'unsigned',
      },
      ...chunks.map(
        (chunk, index): Part => ({
          name:
            chunks.findIndex(({ type }) => type === chunk.type) === index
              ? chunk.type
              : `${chunk.type}-${index + 1}`,
          title:
            chunk.type === 'metadata'
              ? text('metadata', 'Metadaten')
              : text('signature with its certificates', 'Signatur mit ihren Zertifikaten'),
          at: chunk.content.at,
          length: chunk.content.length,
          cover: chunk === signature ? 'signature' : signature ? 'signed' : 'unsigned',
        }),
      ),
    ],
    sums: { title: text('CRC-32 sums of fwtool', 'CRC-32-Summen von fwtool'), mend: mendSums },
    forgeries: [...(signature ? ofSignature(bytes, signature) : []), ...ofMetadata(bytes, chunks)],
    limits: [],
  }
}

/** Each sum is over all bytes before its trailer, without the final inversion; the later ones are over the earlier ones. */
function mendSums(changed: Rope): Rope {
  let mended = changed
  for (const { trailerAt, crc } of fwtoolTail(changed)) {
    const found = ~crc32Of(mended, 0, trailerAt) >>> 0
    if (found !== crc) mended = mended.write(trailerAt + SUM, unsigned(found, 4, 'big'))
  }
  return mended
}

function ofSignature(bytes: Bytes, chunk: FwtoolChunk): readonly Forgery[] {
  return [
    {
      kind: 'stripped-signature',
      title: DONE.strippedSignature,
      make: () => Rope.of(bytes).splice(chunk.start, chunk.end - chunk.start),
    },
    {
      kind: 'foreign-key',
      title: DONE.foreignKey,
      make: (hands) =>
        signedBy(Rope.of(bytes), chunk, (role) => hands.keys.keyFor(role, { type: 'ed25519' })),
    },
  ]
}

/**
 * The chain once more: the same numbers and comments, other keys. usign writes texts of a fixed length, so that all stays
 * where it is.
 */
function signedBy(rope: Rope, chunk: FwtoolChunk, keyFor: (role: string) => KeyObject): Rope {
  const chain = readUcert(Buffer.from(rope.view(chunk.content.at, chunk.content.length)))
  if (chain.length === 0) throw new NotMade(OTHER_CHAIN)
  let content: Buffer = Buffer.from(rope.view(chunk.content.at, chunk.content.length))
  for (const [index, { signature, payload, certificate }] of chain.entries()) {
    const key = keyFor(index === 0 ? 'root' : `certified ${index}`)
    let vouched: Buffer | undefined = payload && Buffer.from(payload)
    if (payload && certificate?.publicKey !== undefined) {
      const other = publicText(certificate.publicKey, keyFor(`certified ${index + 1}`))
      const old = Buffer.from(payload)
      const swappedKey = swapped(old, Buffer.from(certificate.publicKey, 'latin1'), other)
      content = swapped(content, old, swappedKey)
      vouched = swappedKey
    }
    const value = vouched
      ? signStretch(ED25519, key, memoryBytes(vouched))
      : signStretch(ED25519, key, rope, 0, chunk.start)
    content = swapped(content, Buffer.from(signature), signatureText(signature, value))
  }
  return rope.write(chunk.content.at, content)
}

/** The first two lines of usign: a comment, then base64 of an algorithm, the number of the key, and the value. */
function textWith(old: Buffer, prefix: number, value: Uint8Array): Buffer {
  const [comment = '', line = ''] = old.toString('latin1').split('\n', 2)
  const blob = Buffer.concat([Buffer.from(line, 'base64').subarray(0, prefix), value])
  const rest = old.subarray(comment.length + 1 + line.length)
  return Buffer.concat([Buffer.from(`${comment}\n${blob.toString('base64')}`, 'latin1'), rest])
}

const NUMBER_END = 10

function signatureText(old: Uint8Array, value: Uint8Array): Buffer {
  if (!readSignifySignature(old)) throw new NotMade(OTHER_CHAIN)
  return textWith(Buffer.from(old), NUMBER_END, value)
}

function publicText(old: string, key: KeyObject): Buffer {
  if (!readSignifyKey(Buffer.from(old, 'latin1'))) throw new NotMade(OTHER_CHAIN)
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return textWith(Buffer.from(old, 'latin1'), NUMBER_END, spki.subarray(-32))
}

function swapped(content: Buffer, old: Buffer, added: Buffer): Buffer {
  const at = content.indexOf(old)
  if (at < 0 || old.length !== added.length) throw new NotMade(OTHER_CHAIN)
  const copy = Buffer.from(content)
  added.copy(copy, at)
  return copy
}

const OTHER_CHAIN = text(
  'The chain of signatures is not one of ucert and usign.',
  'Die Kette der Signaturen ist keine von ucert und usign.',
)

/** fwtool's metadata is JSON; only what keeps its length is changed. */
function ofMetadata(bytes: Bytes, chunks: readonly FwtoolChunk[]): readonly Forgery[] {
  const metadata = chunks.findLast(({ type }) => type === 'metadata')
  const signature = chunks.at(-1)
  if (!metadata) return []
  const { at, length } = metadata.content
  const said = Buffer.from(bytes.view(at, length)).toString('latin1')
  const written = (changed: string, hands: Hands): Rope => {
    const { own } = hands
    const rope = mendSums(Rope.of(bytes).write(at, Buffer.from(changed, 'latin1')))
    if (!own || signature?.type !== 'signature') return rope
    const chain = readUcert(Buffer.from(rope.view(signature.content.at, signature.content.length)))
    if (chain.length !== 1) throw new NotMade(CERTIFIED)
    return signedBy(rope, signature, () => own)
  }
  return [
    {
      kind: 'older-version',
      title: text('The metadata say an older version.', 'Die Metadaten nennen eine ältere Version.'),
      make(hands) {
        const changed = said.replace(
          /("(?:version|revision)"\s*:\s*")([^"{]+)(")/g,
          (all, start, value, end) => {
            const older = olderVersion(value)
            return older === undefined ? all : start + older + end
          },
        )
        if (changed === said)
          throw new NotMade(text('The metadata say no version.', 'Die Metadaten nennen keine Version.'))
        return written(changed, hands)
      },
    },
    {
      kind: 'other-hardware',
      title: text('The metadata name another device.', 'Die Metadaten nennen ein anderes Gerät.'),
      make(hands) {
        const changed = said.replace(
          /("(?:new_)?supported_devices"\s*:\s*\[)([^\]]*)/g,
          (_, start: string, list: string) =>
            start + list.replace(/"([^"]*)"/g, (__, name: string) => `"${otherName(name)}"`),
        )
        if (changed === said)
          throw new NotMade(text('The metadata name no device.', 'Die Metadaten nennen kein Gerät.'))
        return written(changed, hands)
      },
    },
  ]
}

const CERTIFIED = text(
  'The image is signed with a key that a certificate vouches for; such a chain is not made again with a key that was handed in.',
  'Das Image ist mit einem Schlüssel signiert, für den ein Zertifikat bürgt; so eine Kette wird mit einem übergebenen Schlüssel nicht neu gebildet.',
)
