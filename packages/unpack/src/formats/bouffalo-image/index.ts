import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import {
  type ContainerFormat,
  FormatError,
  type KeyMaterial,
  type Region,
  type Sink,
} from '../../contract.ts'
import {
  announced,
  asProgram,
  hashStretch,
  inBatches,
  program,
  type StoredMember,
  showStored,
  wrapped,
} from '../members.ts'
import { decryptImage, findImageKey } from './decrypt.ts'
import {
  type BouffaloImage,
  IV_BLOCK,
  MAGIC,
  parseBouffaloImage,
  type Security,
  securityOf,
} from './parse.ts'

/** A member as it is stored, or the image that a key opens: by its place, because keys do not travel. */
type BouffaloMember = StoredMember | { readonly key: number; readonly length: number }

export const bouffaloImage: ContainerFormat<readonly BouffaloMember[]> = {
  kind: 'container',
  name: 'bouffalo-image',
  title: 'Bouffalo Lab boot image (BL602, BL616, BL702, BL808)',
  references: [
    'Bouffalo Lab, bflb-iot-tool 1.10.0 (PyPI), libs: bootheader_cfg_keys.py and img_create_do.py of each chip',
  ],
  limits: [
    'signatures are shown, not verified',
    'encrypted images are decrypted with AES in counter mode; those that the flash controller decrypts with XTS are shown as they are',
    'images that are loaded in segments, and headers for the second core (BFAP), are not recognised',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseBouffaloImage(bytes, at)
    return image && { start: at, end: Math.min(at + image.imageAt + image.imageBytes, bytes.size) }
  },

  open: (bytes, region, problem, keys) =>
    inBatches(membersOf(bytes, region, problem, keys), (member) =>
      'key' in member ? member.length : (member.content?.length ?? 0),
    ),

  read(bytes, { start }, plan, sink) {
    for (const member of plan) {
      if ('key' in member)
        sink.file(program('image'), member.length, (out) =>
          out.set(openImage(bytes, start, sink.keys[member.key])),
        )
      else showStored(member, sink)
    }
  },
}

function openImage(bytes: Bytes, start: number, key: KeyMaterial | undefined): Uint8Array {
  const image = parseBouffaloImage(bytes, start) as BouffaloImage
  const plain = key && decryptImage(bytes, start, image, securityOf(bytes, start, image), key)
  if (!plain) throw new FormatError('unsupported', 'its key is not there')
  return plain
}

function* membersOf(
  bytes: Bytes,
  { start }: Region,
  problem: Sink['problem'],
  keys: readonly KeyMaterial[],
): Generator<BouffaloMember> {
  const image = parseBouffaloImage(bytes, start) as BouffaloImage
  const security = securityOf(bytes, start, image)
  const at = start + image.imageAt
  if (image.crcHolds === false) problem('checksum', 'the CRC of the header differs')
  if (image.signed && !security.some(({ name }) => name === 'signature'))
    problem('structure', 'the signature that it announces is not there')
  if (at + image.imageBytes <= bytes.size && hashHolds(bytes, start, image, security) === false)
    problem('checksum', 'the hash of the image differs')
  const key = image.encrypted ? findImageKey(bytes, start, image, security, keys) : undefined
  if (image.encrypted && key === undefined)
    problem('unsupported', 'it is encrypted, and no key fits', 'image')
  for (const { name, at: place, length } of security)
    yield { meta: wrapped(name), content: { at: start + place, length } }
  if (key !== undefined) {
    yield { key, length: image.imageBytes }
    return
  }
  const member = announced(bytes, 'image', { at, length: image.imageBytes }, problem)
  yield image.encrypted ? member : asProgram(member)
}

/** Undefined where there is nothing to compare. */
function hashHolds(
  bytes: Bytes,
  start: number,
  { hash, encrypted, imageAt, imageBytes }: BouffaloImage,
  security: readonly Security[],
): boolean | undefined {
  if (!hash) return undefined
  const sum = createHash('sha256')
  if (encrypted) {
    const iv = security.find(({ name }) => name === 'iv')
    if (!iv) return undefined
    hashStretch(sum, bytes, start + iv.at, IV_BLOCK)
  }
  return hashStretch(sum, bytes, start + imageAt, imageBytes)
    .digest()
    .equals(hash)
}
