import { createPublicKey, type KeyObject } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, type CurveName, forEachWindow, inverseOf, toNumber } from '@messlatte/bytes'
import { type EspImage, type EspSignatureBlock, findEspSignature, parseEspImage } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import { signStretch } from '../signing/sign.ts'
import { olderVersion } from '../values.ts'
import { unsigned } from './numbers.ts'

/** Every checksum begins with this value; esptool, bin_image.py. */
const SEED = 0xef
const CHIP_AT = 12
/** Numbers of two chips (ESP32, ESP32-C3); ESP-IDF, esp_app_format.h. */
const CHIPS = [0, 5] as const
const DESCRIPTOR = Buffer.from('3254cdab', 'hex')
const DESCRIBED = { secureVersion: 4, version: 16, versionSize: 32 } as const
/** Of a block: ESP-IDF, ets_secure_boot_sig_block_t; numbers are little endian. */
const BLOCK = { digest: 4, rsaKey: 36, rsaSignature: 812, crc: 1196 } as const
const RSA = 384
const CURVES: Readonly<
  Record<number, { readonly curve: CurveName; readonly size: number; readonly field: number }>
> = {
  1: { curve: 'P-192', size: 24, field: 64 },
  2: { curve: 'P-256', size: 32, field: 64 },
  3: { curve: 'P-384', size: 48, field: 96 },
}
/** Version 1: four zeros, then both numbers, big endian. */
const V1_VALUE = 4

/** Applications and boot loaders of the ESP32 family, signed for secure boot 1 or 2. */
export function espAnatomy(bytes: Bytes): Anatomy | undefined {
  const image = parseEspImage(bytes, 0)
  if (!image || image.cut) return undefined
  const signature = findEspSignature(bytes, 0, image.end)
  const blocks = signature && !signature.cut ? signature.blocks : []
  return {
    format: 'esp-image',
    signed: blocks.length > 0 ? 'yes' : 'no',
    parts: partsOf(bytes, image, blocks),
    sums: {
      title: text(
        'checksum byte, appended SHA-256 and the sums in signature blocks',
        'Prüfsummenbyte, angehängter SHA-256 und die Summen in Signaturblöcken',
      ),
      mend: mendSums,
    },
    forgeries: [...(blocks.length > 0 ? ofSignature(bytes, image) : []), ...ofContent(bytes, image)],
    limits: [],
  }
}

function partsOf(bytes: Bytes, image: EspImage, blocks: readonly EspSignatureBlock[]): readonly Part[] {
  const cover = blocks.length > 0 ? 'signed' : 'unsigned'
  const segments = image.segments.filter(({ length }) => length > 0)
  return [
    // How the flash is read, which tools change in place.
    { name: 'header', title: text('header', 'Header'), at: 0, length: 24, cover, flipAt: 2 },
    ...segments.map(
      ({ at, length }, index): Part => ({
        name: `segment-${index}`,
        title: text(`segment ${index}`, `Segment ${index}`),
        at,
        length,
        cover,
      }),
    ),
    {
      name: 'checksum',
      title: text('checksum byte', 'Prüfsummenbyte'),
      at: image.checksumAt,
      length: 1,
      cover: 'checksum',
    },
    ...(image.hashAt === undefined
      ? []
      : [
          {
            name: 'hash',
            title: text('appended SHA-256', 'angehängter SHA-256'),
            at: image.hashAt,
            length: 32,
            cover: 'checksum',
          } as const,
        ]),
    ...blocks.map(
      (block): Part => ({
        name: `signature-${block.index + 1}`,
        title: text(`signature block ${block.index + 1}`, `Signaturblock ${block.index + 1}`),
        at: block.at,
        length: block.length,
        cover: 'signature',
        flipAt: valueIn(bytes, block),
      }),
    ),
  ]
}

function valueIn(bytes: Bytes, { at, kind }: EspSignatureBlock): number {
  if (kind === 'ecdsa-p256') return V1_VALUE
  if (kind === 'rsa-3072') return BLOCK.rsaSignature + RSA / 2
  const { keyAt, curve } = curveOf(bytes, at)
  return keyAt + 1 + (curve?.field ?? 64) + 4
}

function curveOf(bytes: Bytes, at: number) {
  const isLong = bytes.view(at + 2, 1)[0] === 1
  const digestSize = isLong ? 48 : 32
  const keyAt = BLOCK.digest + digestSize
  return { keyAt, digestSize, curve: CURVES[bytes.view(at + keyAt, 1)[0] as number] }
}

/** In the order in which each is over the one before. */
function mendSums(changed: Rope): Rope {
  const image = parseEspImage(changed, 0)
  if (!image || image.cut) return changed
  let mended = changed
  const put = (at: number, value: Uint8Array) => {
    if (!Buffer.from(mended.view(at, value.length)).equals(value)) mended = mended.write(at, value)
  }
  put(image.checksumAt, Buffer.of(checksumOf(mended, image)))
  if (image.hashAt !== undefined) put(image.hashAt, digestOf(mended, 'sha256', 0, image.hashAt))
  for (const block of findEspSignature(mended, 0, image.end)?.blocks ?? []) {
    if (block.kind === 'ecdsa-p256') continue
    const { digestSize } = block.kind === 'ecdsa' ? curveOf(mended, block.at) : { digestSize: 32 }
    const sector = block.at - block.index * block.length
    put(block.at + BLOCK.digest, digestOf(mended, digestSize === 48 ? 'sha384' : 'sha256', 0, sector))
    put(block.at + BLOCK.crc, unsigned(crc32(mended.view(block.at, BLOCK.crc)), 4, 'little'))
  }
  return mended
}

function checksumOf(bytes: Bytes, { segments }: EspImage): number {
  let sum = SEED
  for (const { at, length, summed } of segments)
    if (summed)
      forEachWindow(bytes, at, at + length, 256 * 1024, 0, (window) => {
        for (const byte of window) sum ^= byte
        return true
      })
  return sum
}

function ofSignature(bytes: Bytes, image: EspImage): readonly Forgery[] {
  return [
    { kind: 'stripped-signature', title: DONE.strippedSignature, make: () => Rope.of(bytes).cut(image.end) },
    {
      kind: 'foreign-key',
      title: text(
        'It is signed again, with a throw-away key, which stands in the block as the genuine one did.',
        'Sie ist neu signiert, mit einem Wegwerfschlüssel, der im Block steht wie zuvor der echte.',
      ),
      make: (hands) => signedWith(Rope.of(bytes), (kind) => hands.keys.keyFor('signer', kind)),
    },
  ]
}

type KeyFor = (kind: { type: 'rsa'; bits: number } | { type: 'ec'; curve: CurveName }) => KeyObject

/** All blocks anew; their sums follow. */
function signedWith(rope: Rope, keyFor: KeyFor): Rope {
  const image = parseEspImage(rope, 0)
  const blocks = image && findEspSignature(rope, 0, image.end)?.blocks
  if (!image || !blocks) throw new NotMade(text('There is no signature.', 'Es gibt keine Signatur.'))
  let signed = rope
  for (const block of blocks) signed = withBlock(signed, image, block, keyFor)
  return mendSums(signed)
}

function withBlock(rope: Rope, { end }: EspImage, block: EspSignatureBlock, keyFor: KeyFor): Rope {
  switch (block.kind) {
    case 'ecdsa-p256': {
      const key = keyFor({ type: 'ec', curve: 'P-256' })
      return rope.write(block.at + V1_VALUE, signStretch(ECDSA, key, rope, 0, end, 'raw'))
    }
    case 'rsa-3072':
      return withRsa(rope, block, keyFor({ type: 'rsa', bits: RSA * 8 }))
    case 'ecdsa':
      return withEcdsa(rope, block, keyFor)
  }
}

const ECDSA = { kind: 'ecdsa', digest: 'sha256' } as const
const PSS = { kind: 'rsa-pss', digest: 'sha256', mask: 'sha256', salt: 32 } as const

function withRsa(rope: Rope, { at, index, length }: EspSignatureBlock, key: KeyObject): Rope {
  const signature = signStretch(PSS, key, rope, 0, at - index * length)
  const { n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' })
  const modulus = Buffer.from(n, 'base64url')
  if (modulus.length !== RSA)
    throw new NotMade(
      text('The key is not one of RSA with 3,072 bits.', 'Der Schlüssel ist keiner von RSA mit 3.072 Bit.'),
    )
  const value = toNumber(modulus)
  const word = 1n << 32n
  const exponent = Buffer.from(e, 'base64url').reverse()
  return rope
    .write(at + BLOCK.rsaKey, littleEndian(value, RSA))
    .write(at + BLOCK.rsaKey + RSA, Buffer.concat([exponent, Buffer.alloc(4)]).subarray(0, 4))
    .write(at + BLOCK.rsaKey + RSA + 4, littleEndian((1n << BigInt(RSA * 16)) % value, RSA))
    .write(at + BLOCK.rsaKey + 2 * RSA + 4, littleEndian((word - inverseOf(value % word, word)) % word, 4))
    .write(at + BLOCK.rsaSignature, Buffer.from(signature).reverse())
}

function littleEndian(value: bigint, size: number): Buffer {
  return Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex').reverse()
}

function withEcdsa(rope: Rope, { at, index, length }: EspSignatureBlock, keyFor: KeyFor): Rope {
  const { keyAt, digestSize, curve } = curveOf(rope, at)
  if (!curve) throw new NotMade(text('The curve is not known.', 'Die Kurve ist nicht bekannt.'))
  const key = keyFor({ type: 'ec', curve: curve.curve })
  const scheme = { kind: 'ecdsa', digest: digestSize === 48 ? 'sha384' : 'sha256' } as const
  const signature = signStretch(scheme, key, rope, 0, at - index * length, 'raw')
  const point = createPublicKey(key)
    .export({ type: 'spki', format: 'der' })
    .subarray(-2 * curve.size)
  return rope
    .write(at + keyAt + 1, swapped(point, curve.size))
    .write(at + keyAt + 1 + curve.field, swapped(signature, curve.size))
}

/** Both halves, little endian. */
function swapped(pair: Uint8Array, size: number): Buffer {
  return Buffer.concat([
    Buffer.from(pair.subarray(0, size)).reverse(),
    Buffer.from(pair.subarray(size, 2 * size)).reverse(),
  ])
}

function ofContent(bytes: Bytes, image: EspImage): readonly Forgery[] {
  const rewritten = (changed: Rope, { own }: Hands): Rope =>
    own ? signedWith(mendSums(changed), () => own) : mendSums(changed)
  const chip = Buffer.from(bytes.view(CHIP_AT, 2)).readUInt16LE()
  const other = CHIPS.find((one) => one !== chip) ?? 0
  const described =
    image.descriptor &&
    image.segments.find(
      ({ at, length }) => length >= 256 && DESCRIPTOR.equals(Buffer.from(bytes.view(at, 4))),
    )
  const at = described?.at ?? 0
  const { secureVersion = 0, version = '' } = image.descriptor ?? {}
  const older = olderVersion(version)
  return [
    ...(described && secureVersion > 0
      ? [
          {
            kind: 'older-version',
            variant: 'secure',
            title: text(
              `The secure version, which is compared with fuses, is ${secureVersion - 1} instead of ${secureVersion}.`,
              `Die sichere Version, die mit Sicherungen verglichen wird, ist ${secureVersion - 1} statt ${secureVersion}.`,
            ),
            make: (hands: Hands) =>
              rewritten(
                Rope.of(bytes).write(at + DESCRIBED.secureVersion, unsigned(secureVersion - 1, 4, 'little')),
                hands,
              ),
          } as const,
        ]
      : []),
    ...(described && older !== undefined
      ? [
          {
            kind: 'older-version',
            title: DONE.olderVersion(version, older),
            make(hands: Hands) {
              const written = Buffer.alloc(DESCRIBED.versionSize)
              written.write(older, 'latin1')
              return rewritten(Rope.of(bytes).write(at + DESCRIBED.version, written), hands)
            },
          } as const,
        ]
      : []),
    ...(image.family === 'esp32'
      ? [
          {
            kind: 'other-hardware',
            title: DONE.otherHardware(String(chip), String(other)),
            make: (hands: Hands) =>
              rewritten(Rope.of(bytes).write(CHIP_AT, unsigned(other, 2, 'little')), hands),
          } as const,
        ]
      : []),
  ]
}
