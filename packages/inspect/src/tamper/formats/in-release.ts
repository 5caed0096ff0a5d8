import { armoredBlocks, type Bytes, clearSigned, latin1 } from '@messlatte/bytes'
import { type Anatomy, type Forgery, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'

const START = '-----BEGIN PGP SIGNED MESSAGE-----'
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----'
const END = '-----END PGP SIGNATURE-----'
const MOST = 16 * 1024 * 1024

/** InRelease of apt: a text with digests of the indexes, and a signature of OpenPGP behind it (RFC 9580, section 7). */
export function inReleaseAnatomy(bytes: Bytes): Anatomy | undefined {
  if (bytes.size < START.length || bytes.size > MOST || latin1(bytes.view(0, START.length)) !== START)
    return undefined
  const content = Buffer.from(bytes.view(0, bytes.size))
  const body = content.indexOf('\n\n') + 2
  const signature = content.indexOf(SIGNATURE)
  if (body < 2 || signature < body || !clearSigned(content)) return undefined
  const end = content.indexOf(END, signature)
  const parts: readonly Part[] = [
    {
      name: 'text',
      title: text('signed text', 'signierter Text'),
      at: body,
      length: signature - body,
      cover: 'signed',
    },
    {
      name: 'signature',
      title: text('signature', 'Signatur'),
      at: signature,
      length: Math.max(0, end - signature),
      cover: 'signature',
      flipped: () => flippedSignature(bytes, content, signature, end),
    },
  ]
  return {
    format: 'apt-in-release',
    signed: 'yes',
    parts: parts.filter(({ length }) => length > 0),
    forgeries: [stripped(bytes, body, signature), ...older(bytes, content, signature)],
    limits: [
      text(
        'Signatures of OpenPGP are not made here, so that no foreign key is tried; indexes and packages are files of their own.',
        'Signaturen von OpenPGP werden hier nicht gebildet; ein fremder Schlüssel wird deshalb nicht versucht. Verzeichnisse und Pakete sind eigene Dateien.',
      ),
    ],
  }
}

/** The last number of the signature; its armour has a sum of its own. */
function flippedSignature(bytes: Bytes, content: Buffer, at: number, end: number): Rope {
  const [packets] = armoredBlocks(content, 'SIGNATURE')
  const body = content.indexOf('\n\n', at) + 2
  if (!packets || packets.length < 8 || body < 2 || end < body)
    throw new NotMade(
      text('The signature has no armour that can be read.', 'Die Signatur hat keine lesbare Hülle.'),
    )
  const changed = Buffer.from(packets)
  changed[changed.length - 4] = (changed[changed.length - 4] as number) ^ 1
  const sum = Buffer.alloc(3)
  sum.writeUIntBE(crc24(changed), 0, 3)
  const lines = changed.toString('base64').match(/.{1,64}/g) ?? []
  return Rope.of(bytes).splice(
    body,
    end - body,
    Buffer.from(`${lines.join('\n')}\n=${sum.toString('base64')}\n`),
  )
}

/** RFC 9580, section 6.1.1. */
function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x800000 ? (crc << 1) ^ 0x1864cfb : crc << 1
  }
  return crc & 0xffffff
}

function stripped(bytes: Bytes, body: number, signature: number): Forgery {
  return {
    kind: 'stripped-signature',
    title: text('The text alone, without its signature.', 'Der Text allein, ohne seine Signatur.'),
    make: () => Rope.of(bytes).cut(signature).splice(0, body),
  }
}

/** The year of its date: apt looks at that and at the day until which it is valid. */
function older(bytes: Bytes, content: Buffer, signature: number): readonly Forgery[] {
  const found = /^Date: .*?\b(\d{4})\b/m.exec(content.toString('latin1', 0, signature))
  const year = found?.[1]
  if (!found || year === undefined) return []
  const at = found.index + found[0].length - 4
  const before = String(Number(year) - 1)
  return [
    {
      kind: 'older-version',
      title: DONE.olderVersion(year, before),
      make: () => Rope.of(bytes).write(at, Buffer.from(before.padStart(4, '0'), 'latin1')),
    },
  ]
}
