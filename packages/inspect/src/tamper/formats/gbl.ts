import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import { crc32Of, GBL_KIND, type Gbl, parseGbl, type SilabsTag } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { signStretch } from '../signing/sign.ts'
import { unsigned } from './numbers.ts'
import { slugsOf } from './slugs.ts'

/** Gecko SDK, btl_gbl_format.h: tags, and fields of them. */
const SIGNATURE = 0xf70a0af7
const CERTIFICATE = 0xf30b0bf3
const APPLICATION = 0xf40a0af4
const END = 0xfc0404fc
const TAG_HEADER = 8
/** In the header of the file: kinds, of which one bit says that it is signed. */
const TYPE_AT = 12
const SIGNED = 0x100
const VERSION_AT = 4
const PRODUCT_AT = 12
/** Of a certificate: its key, and the signature over all before. */
const CERTIFIED = { key: 4, signature: 72 } as const
const P256 = { type: 'ec', curve: 'P-256' } as const
const ECDSA = { kind: 'ecdsa', digest: 'sha256' } as const

/** Files of Silicon Labs' boot loader: tags, of which the last but one may sign those before it. */
export function gblAnatomy(bytes: Bytes): Anatomy | undefined {
  const file = parseGbl(bytes, 0)
  if (!file?.whole) return undefined
  const signature = signatureOf(file)
  return {
    format: 'gbl',
    signed: signature ? 'yes' : 'no',
    parts: partsOf(file, signature),
    sums: { title: text('CRC-32 in the end tag', 'CRC-32 im End-Tag'), mend: mendSum },
    forgeries: [...(signature ? ofSignature(bytes, file, signature) : []), ...ofApplication(bytes, file)],
    limits: [],
  }
}

function signatureOf({ tags }: Gbl): SilabsTag | undefined {
  return tags.find(({ id, length }) => id === SIGNATURE && length === 64)
}

function partsOf({ tags }: Gbl, signature: SilabsTag | undefined): readonly Part[] {
  const slugs = slugsOf(tags.map(({ id }) => GBL_KIND.names[id] ?? `tag-0x${id.toString(16)}`))
  return tags.flatMap((tag, index): readonly Part[] => {
    const { id, at, length } = tag
    if (length === 0) return []
    const name = slugs[index] as string
    const isBefore = signature !== undefined && at < signature.at
    const cover = id === END ? 'checksum' : tag === signature ? 'signature' : isBefore ? 'signed' : 'unsigned'
    return [{ name, title: text(`tag "${name}"`, `Tag „${name}“`), at, length, cover }]
  })
}

/** The last four bytes of the end tag, over all before. */
function mendSum(changed: Rope): Rope {
  const file = parseGbl(changed, 0)
  const end = file?.tags.at(-1)
  if (!file?.whole || end?.id !== END || end.length !== 4) return changed
  const sum = unsigned(crc32Of(changed, 0, end.at), 4, 'little')
  return sum.equals(Buffer.from(changed.view(end.at, 4))) ? changed : changed.write(end.at, sum)
}

function ofSignature(bytes: Bytes, file: Gbl, signature: SilabsTag): readonly Forgery[] {
  const stripped = () => Rope.of(bytes).splice(signature.at - TAG_HEADER, TAG_HEADER + signature.length)
  return [
    { kind: 'stripped-signature', title: DONE.strippedSignature, make: stripped },
    {
      kind: 'stripped-signature',
      variant: 'not-announced',
      title: text(
        'The signature is taken out, and the header does not announce one.',
        'Die Signatur ist entfernt, und der Header kündigt keine an.',
      ),
      make() {
        const type = Buffer.from(bytes.view(TYPE_AT, 4)).readUInt32LE()
        return stripped().write(TYPE_AT, unsigned((type & ~SIGNED) >>> 0, 4, 'little'))
      },
    },
    {
      kind: 'foreign-key',
      title: DONE.foreignKey,
      make(hands) {
        const certificate = file.tags.find(({ id, at }) => id === CERTIFICATE && at < signature.at)
        const key = hands.keys.keyFor('signer', P256)
        const certified = certificate
          ? withKey(Rope.of(bytes), certificate, key, hands.keys.keyFor('root', P256))
          : Rope.of(bytes)
        return signedWith(certified, signature, key)
      },
    },
  ]
}

/** A certificate with another key, signed by another root. */
function withKey(rope: Rope, { at }: SilabsTag, key: KeyObject, root: KeyObject): Rope {
  const point = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-64)
  const other = rope.write(at + CERTIFIED.key, point)
  return other.write(
    at + CERTIFIED.signature,
    signStretch(ECDSA, root, other, at, CERTIFIED.signature, 'raw'),
  )
}

function signedWith(rope: Rope, { at }: SilabsTag, key: KeyObject): Rope {
  return rope.write(at, signStretch(ECDSA, key, rope, 0, at - TAG_HEADER, 'raw'))
}

/** Type, version, capabilities, and 16 bytes of a product (application tag). */
function ofApplication(bytes: Bytes, file: Gbl): readonly Forgery[] {
  const application = file.tags.find(({ id, length }) => id === APPLICATION && length >= 12)
  if (!application) return []
  const { at, length } = application
  const version = Buffer.from(bytes.view(at + VERSION_AT, 4)).readUInt32LE()
  const signed = (rope: Rope, { own }: Hands) => {
    const signature = signatureOf(file)
    return own && signature ? signedWith(rope, signature, own) : rope
  }
  return [
    ...(version > 0
      ? [
          {
            kind: 'older-version',
            title: DONE.olderVersion(String(version), String(version - 1)),
            make: (hands: Hands) =>
              signed(Rope.of(bytes).write(at + VERSION_AT, unsigned(version - 1, 4, 'little')), hands),
          } as const,
        ]
      : []),
    ...(length >= PRODUCT_AT + 16
      ? [
          {
            kind: 'other-hardware',
            title: text('The product identifier is another one.', 'Die Produktkennung ist eine andere.'),
            make: (hands: Hands) => signed(Rope.of(bytes).flip(at + PRODUCT_AT), hands),
          } as const,
        ]
      : []),
  ]
}
