import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { type Bytes, type DigestName, memoryBytes, type SignatureScheme } from '@messlatte/bytes'
import { type McubootImage, type McubootTlv, parseMcuboot } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import type { KeyKind } from '../signing/keys.ts'
import { signStretch } from '../signing/sign.ts'
import { unsigned } from './numbers.ts'
import { slugsOf } from './slugs.ts'

/** MCUboot, boot/bootutil/include/bootutil/image.h: types of TLVs, and where the version stands in a header. */
const KEY_HASH = 0x01
const PUBLIC_KEY = 0x02
const HASHES: ReadonlyMap<number, DigestName> = new Map([
  [0x10, 'sha256'],
  [0x11, 'sha384'],
  [0x12, 'sha512'],
])
const IS_PURE = 0x25
const COUNTER = 0x50
const IDENTIFIERS: ReadonlySet<number> = new Set([0x74, 0x75])
const VERSION_AT = 20
const AREA_SIZE_AT = 2
const TLV_HEADER = 4

/** Signatures by their types: what makes them. */
const SIGNATURES: ReadonlyMap<number, { readonly kind: KeyKind; readonly scheme: SignatureScheme['kind'] }> =
  new Map([
    [0x20, { kind: { type: 'rsa', bits: 2048 }, scheme: 'rsa-pss' }],
    [0x22, { kind: { type: 'ec', curve: 'P-256' }, scheme: 'ecdsa' }],
    [0x23, { kind: { type: 'rsa', bits: 3072 }, scheme: 'rsa-pss' }],
    [0x24, { kind: { type: 'ed25519' }, scheme: 'ed25519' }],
  ])

/** Images of MCUboot: header, body, and values behind it, of which some are under the hash. */
export function mcubootAnatomy(bytes: Bytes): Anatomy | undefined {
  const image = parseMcuboot(bytes, 0)
  if (!image || image.cut) return undefined
  const signature = image.tlvs.find(({ type }) => SIGNATURES.has(type))
  const isSigned = signature !== undefined
  return {
    format: 'mcuboot',
    signed: isSigned ? 'yes' : 'no',
    parts: partsOf(bytes, image, isSigned),
    sums: { title: text('hash of the image', 'Hash des Images'), mend: mendHash },
    forgeries: [
      ...(signature ? ofSignature(bytes, image, signature) : []),
      ...older(bytes, image),
      ...otherHardware(bytes, image),
    ],
    limits: [],
  }
}

function partsOf(bytes: Bytes, image: McubootImage, isSigned: boolean): readonly Part[] {
  const { bodyAt, bodyLength, tlvs, end } = image
  const slugs = slugsOf(tlvs.map(({ name }) => name))
  const signed = isSigned ? 'signed' : 'unsigned'
  return [
    // The load address: boot loaders that run from flash do without it, and the hash covers it.
    { name: 'header', title: text('header', 'Header'), at: 0, length: bodyAt, cover: signed, flipAt: 4 },
    { name: 'body', title: text('body', 'Inhalt'), at: bodyAt, length: bodyLength, cover: signed },
    ...tlvs
      .filter(({ length }) => length > 0)
      .map((tlv): Part => {
        const slug = slugs[tlvs.indexOf(tlv)] as string
        return {
          name: slug,
          title: text(`value "${tlv.name}"`, `Wert „${tlv.name}“`),
          at: tlv.at,
          length: tlv.length,
          cover: tlv.isProtected
            ? signed
            : HASHES.has(tlv.type)
              ? 'checksum'
              : SIGNATURES.has(tlv.type)
                ? 'signature'
                : 'unsigned',
          // Which key is meant is a hint: the content stays the genuine one.
          ...(tlv.type === KEY_HASH || tlv.type === PUBLIC_KEY ? { used: false } : {}),
        }
      }),
    ...(end < bytes.size
      ? [
          {
            name: 'behind',
            title: text('what lies behind the image', 'was hinter dem Image liegt'),
            at: end,
            length: bytes.size - end,
            cover: 'unsigned',
            used: false,
          } as const,
        ]
      : []),
  ]
}

/** The hash in the open part; the image itself where it fits, and for what is encrypted, whose hash is over the clear text. */
function mendHash(changed: Rope): Rope {
  const image = parseMcuboot(changed, 0)
  if (!image || image.cut) return changed
  let mended = changed
  for (const { type, at, length } of image.tlvs) {
    const name = HASHES.get(type)
    if (!name) continue
    const found = digestOf(mended, name, 0, image.hashedEnd)
    if (found.length === length && !found.equals(Buffer.from(mended.view(at, length))))
      mended = mended.write(at, found)
  }
  return mended
}

function ofSignature(bytes: Bytes, image: McubootImage, signature: McubootTlv): readonly Forgery[] {
  const kind = SIGNATURES.get(signature.type)?.kind as KeyKind
  const signed = (hands: Hands) =>
    withSignature(Rope.of(bytes), image, signature, hands.keys.keyFor('signer', kind))
  return [
    {
      kind: 'stripped-signature',
      title: DONE.strippedSignature,
      make: () => withTlv(Rope.of(bytes), image, signature, undefined),
    },
    {
      kind: 'foreign-key',
      title: both(
        DONE.foreignKey,
        text('The image names the genuine key.', 'Das Image nennt den echten Schlüssel.'),
      ),
      make: signed,
    },
    {
      kind: 'foreign-key',
      variant: 'named',
      title: both(
        DONE.foreignKey,
        text('The image names the other key.', 'Das Image nennt den anderen Schlüssel.'),
      ),
      make(hands) {
        const hash = image.tlvs.find(({ type }) => type === KEY_HASH)
        if (!hash) throw new NotMade(text('The image names no key.', 'Das Image nennt keinen Schlüssel.'))
        const algorithm = { 32: 'sha256', 48: 'sha384', 64: 'sha512' }[hash.length] ?? 'sha256'
        const digest = createHash(algorithm)
          .update(publicDer(hands.keys.keyFor('signer', kind)))
          .digest()
        return signed(hands).write(hash.at, digest.subarray(0, hash.length))
      },
    },
  ]
}

/** As MCUboot hashes keys: RSA without what names its algorithm. */
function publicDer(key: KeyObject): Buffer {
  const isRsa = key.asymmetricKeyType === 'rsa'
  return createPublicKey(key).export({ type: isRsa ? 'pkcs1' : 'spki', format: 'der' })
}

/** The image with a signature over what it is now. */
function withSignature(rope: Rope, image: McubootImage, tlv: McubootTlv, key: KeyObject): Rope {
  const { hashedEnd, tlvs } = image
  const pure = tlvs.some(
    ({ type, length, at }) => type === IS_PURE && length === 1 && rope.view(at, 1)[0] === 1,
  )
  const hash = tlvs.find(({ type }) => HASHES.has(type))
  const digest = (hash && HASHES.get(hash.type)) ?? 'sha256'
  return withTlv(rope, image, tlv, signatureOf(rope, hashedEnd, tlv, key, pure, digest))
}

function signatureOf(
  rope: Rope,
  end: number,
  { type }: McubootTlv,
  key: KeyObject,
  pure: boolean,
  digest: DigestName,
): Buffer {
  switch (SIGNATURES.get(type)?.scheme) {
    case 'rsa-pss':
      return signStretch({ kind: 'rsa-pss', digest: 'sha256', mask: 'sha256', salt: 32 }, key, rope, 0, end)
    case 'ecdsa':
      return signStretch({ kind: 'ecdsa', digest }, key, rope, 0, end)
    case 'ed25519':
      return pure
        ? signStretch({ kind: 'ed25519' }, key, rope, 0, end)
        : signStretch({ kind: 'ed25519' }, key, memoryBytes(digestOf(rope, digest, 0, end)))
    default:
      throw new NotMade(
        text(
          'The signature is of a kind that is not made here.',
          'Die Signatur ist von einer Art, die hier nicht gebildet wird.',
        ),
      )
  }
}

/** A value of another length moves what follows, and the size of the open part changes with it. */
function withTlv(
  rope: Rope,
  { endian, hashedEnd, end }: McubootImage,
  { at, length }: McubootTlv,
  value: Uint8Array | undefined,
): Rope {
  const areaAt = hashedEnd + AREA_SIZE_AT
  const size = end - hashedEnd
  if (!value)
    return rope
      .splice(at - TLV_HEADER, TLV_HEADER + length)
      .write(areaAt, unsigned(size - TLV_HEADER - length, 2, endian))
  return rope
    .splice(at, length, value)
    .write(at - 2, unsigned(value.length, 2, endian))
    .write(areaAt, unsigned(size - length + value.length, 2, endian))
}

/** Changes under the hash: it is put right, and signed where the maker's key is at hand. */
function rewritten(changed: Rope, hands: Hands): Rope {
  const mended = mendHash(changed)
  const image = parseMcuboot(mended, 0)
  const signature = image?.tlvs.find(({ type }) => SIGNATURES.has(type))
  return image && signature && hands.own ? withSignature(mended, image, signature, hands.own) : mended
}

function older(bytes: Bytes, { endian, version, tlvs }: McubootImage): readonly Forgery[] {
  const [major = 0, minor = 0, revision = 0, build = 0] = version.split(/[.+]/).map(Number)
  const fields = [
    { value: major, at: 0, width: 1 },
    { value: minor, at: 1, width: 1 },
    { value: revision, at: 2, width: 2 },
    { value: build, at: 4, width: 4 },
  ] as const
  const field = fields.find(({ value }) => value > 0)
  const counter = tlvs.find(({ type, length }) => type === COUNTER && length === 4)
  const counted = counter && Buffer.from(bytes.view(counter.at, 4))
  const value = counted && (endian === 'little' ? counted.readUInt32LE() : counted.readUInt32BE())
  return [
    ...(field
      ? [
          {
            kind: 'older-version',
            title: text(
              `The header says a lower version than ${version}; the hash is computed again.`,
              `Der Header nennt eine niedrigere Version als ${version}; der Hash ist neu berechnet.`,
            ),
            make: (hands: Hands) =>
              rewritten(
                Rope.of(bytes).write(VERSION_AT + field.at, unsigned(field.value - 1, field.width, endian)),
                hands,
              ),
          } as const,
        ]
      : []),
    ...(counter && value
      ? [
          {
            kind: 'older-version',
            variant: 'counter',
            title: text(
              `The security counter is ${value - 1} instead of ${value}; the hash is computed again.`,
              `Der Sicherheitszähler ist ${value - 1} statt ${value}; der Hash ist neu berechnet.`,
            ),
            make: (hands: Hands) =>
              rewritten(Rope.of(bytes).write(counter.at, unsigned(value - 1, 4, endian)), hands),
          } as const,
        ]
      : []),
  ]
}

function otherHardware(bytes: Bytes, { tlvs }: McubootImage): readonly Forgery[] {
  const identifier = tlvs.find(({ type, length }) => IDENTIFIERS.has(type) && length > 0)
  if (!identifier) return []
  return [
    {
      kind: 'other-hardware',
      title: text(
        `The value "${identifier.name}" is another one; the hash is computed again.`,
        `Der Wert „${identifier.name}“ ist ein anderer; der Hash ist neu berechnet.`,
      ),
      make: (hands) => rewritten(Rope.of(bytes).flip(identifier.at), hands),
    },
  ]
}
