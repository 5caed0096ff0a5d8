import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import {
  crc32Of,
  parseSeama,
  parseTplinkV1,
  parseTrxHeader,
  parseUimageHeader,
  TPLINK_SALTS,
} from '@messlatte/unpack'
import { type Anatomist, type Anatomy, type Forgery, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { digestOf } from '../signing/cms.ts'
import { unsigned } from './numbers.ts'

const NOTHING_SIGNED = text(
  'Files of this kind have checksums and no signature: whoever computes the sum again has a file that no device can tell from a genuine one, unless something else signs it.',
  'Dateien dieser Art haben Prüfsummen und keine Signatur: Wer die Summe neu berechnet, hat eine Datei, die kein Gerät von der echten unterscheiden kann, wenn nicht etwas anderes sie signiert.',
)

function anatomy(
  format: string,
  parts: readonly Part[],
  sums: Anatomy['sums'],
  forgeries: readonly Forgery[] = [],
): Anatomy {
  return {
    format,
    signed: 'no',
    parts: parts.filter(({ length }) => length > 0),
    ...(sums ? { sums } : {}),
    forgeries,
    limits: [NOTHING_SIGNED],
  }
}

function part(
  name: string,
  title: Part['title'],
  at: number,
  length: number,
  cover: Part['cover'] = 'unsigned',
): Part {
  return { name, title, at, length, cover }
}

const HEADER = text('header', 'Header')
const CONTENT = text('content', 'Inhalt')
const CHECKSUM = text('checksum', 'Prüfsumme')

/** Bytes that are put where others stand; the file itself where they stand there already. */
function put(rope: Rope, at: number, value: Buffer): Rope {
  return value.equals(Buffer.from(rope.view(at, value.length))) ? rope : rope.write(at, value)
}

/** Broadcom's TRX: CRC-32 without its final inversion, over all behind it. */
const trxAnatomy: Anatomist = (bytes) => {
  const header = parseTrxHeader(bytes, 0)
  if (!header || header.length > bytes.size) return undefined
  const first = header.offsets[0] as number
  const mend = (rope: Rope) => {
    const now = parseTrxHeader(rope, 0)
    return now && now.length <= rope.size
      ? put(rope, 8, unsigned(~crc32Of(rope, 12, now.length - 12) >>> 0, 4, 'little'))
      : rope
  }
  const parts = [
    part('content', CONTENT, first, header.length - first),
    part('checksum', CHECKSUM, 8, 4, 'checksum'),
  ]
  return anatomy('trx', parts, { title: text('CRC-32 of the header', 'CRC-32 des Headers'), mend })
}

/** U-Boot's older images: CRC-32 over the data, and one over the header, which has the first. */
const uimageAnatomy: Anatomist = (bytes) => {
  const header = parseUimageHeader(bytes, 0)
  if (!header?.headerCrcMatches || header.dataAt + header.size > bytes.size) return undefined
  const mend = (rope: Rope) => {
    const now = parseUimageHeader(rope, 0) ?? header
    const summed = put(rope, 24, unsigned(crc32Of(rope, now.dataAt, now.size), 4, 'big'))
    const block = Buffer.from(summed.view(0, now.dataAt))
    block.fill(0, 4, 8)
    return put(summed, 4, unsigned(crc32(block), 4, 'big'))
  }
  const parts = [
    // In the name, which is for people.
    { ...part('header', HEADER, 0, header.dataAt), flipAt: 32 },
    part('content', CONTENT, header.dataAt, header.size),
    part('checksum', CHECKSUM, 24, 4, 'checksum'),
  ]
  return anatomy('uimage', parts, {
    title: text('CRC-32 of data and header', 'CRC-32 von Daten und Header'),
    mend,
  })
}

/** SEAMA: MD5 of each image. */
const seamaAnatomy: Anatomist = (bytes) => {
  const images = parseSeama(bytes, 0).filter(
    ({ md5, image }) => md5 !== undefined && image.at + image.length <= bytes.size,
  )
  if (images.length === 0) return undefined
  const mend = (rope: Rope) =>
    parseSeama(rope, 0).reduce(
      (mended, { md5, meta, image }) =>
        md5 === undefined || image.at + image.length > rope.size
          ? mended
          : put(mended, meta.at - 16, digestOf(mended, 'md5', image.at, image.length)),
      rope,
    )
  const parts = images.flatMap(({ image, meta }, index) => [
    part(`image-${index + 1}`, CONTENT, image.at, image.length),
    part(`checksum-${index + 1}`, CHECKSUM, meta.at - 16, 16, 'checksum'),
  ])
  return anatomy('seama', parts, { title: text('MD5 of each image', 'MD5 jedes Images'), mend })
}

/** TP-Link's first header: MD5 over all, with a salt of the makers in the place of the sum. */
const tplinkAnatomy: Anatomist = (bytes) => {
  const header = parseTplinkV1(bytes, 0)
  const salt = header && saltOf(bytes, header.md5)
  if (!header || !salt) return undefined
  const { md5At } = TPLINK_SALTS
  const mend = (rope: Rope) => put(rope, md5At, salted(rope, salt))
  const parts = [
    { ...part('header', HEADER, 0, 0x200), flipAt: 4 },
    part('content', CONTENT, 0x200, bytes.size - 0x200),
    part('checksum', CHECKSUM, md5At, 16, 'checksum'),
  ]
  const other: Forgery = {
    kind: 'other-hardware',
    title: text('The number of the hardware is another one.', 'Die Nummer der Hardware ist eine andere.'),
    make: () => Rope.of(bytes).flip(HARDWARE_AT),
  }
  return anatomy('tplink-v1', parts, { title: text('MD5 with its salt', 'MD5 mit seinem Salz'), mend }, [
    other,
  ])
}

const HARDWARE_AT = 0x43

function saltOf(bytes: Bytes, md5: string): Buffer | undefined {
  return [TPLINK_SALTS.normal, TPLINK_SALTS.withBootloader]
    .map((hex) => Buffer.from(hex, 'hex'))
    .find((salt) => salted(bytes, salt).toString('hex') === md5)
}

function salted(bytes: Bytes, salt: Buffer): Buffer {
  const { md5At } = TPLINK_SALTS
  const hash = createHash('md5')
  hash.update(bytes.view(0, md5At)).update(salt)
  forEachWindow(bytes, md5At + salt.length, bytes.size, 1024 * 1024, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest()
}

export const VENDOR_ANATOMISTS: readonly Anatomist[] = [
  trxAnatomy,
  uimageAnatomy,
  seamaAnatomy,
  tplinkAnatomy,
]
