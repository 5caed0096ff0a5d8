import type { Bytes } from '@messlatte/bytes'
import { matterHash, parseMatterOta } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import { unsigned } from './numbers.ts'

/** Matter Core Specification, section 11.21.2: where the structure of the header begins, and tags of its members. */
const FIXED = 16
const CONTEXT = 0x20
const TAGS = { product: 1, version: 2 } as const
const DIGESTS = ['sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-384'] as const

/** Files of Matter's over-the-air update: a digest of the payload, and nothing that signs it. */
export function matterAnatomy(bytes: Bytes): Anatomy | undefined {
  const header = parseMatterOta(bytes, 0)
  if (!header || header.payloadAt + header.payloadBytes > bytes.size) return undefined
  const { payloadAt, payloadBytes } = header
  const parts: readonly Part[] = [
    {
      name: 'payload',
      title: text('payload', 'Nutzlast'),
      at: payloadAt,
      length: payloadBytes,
      cover: 'unsigned',
    },
    ...digestPart(bytes),
  ]
  return {
    format: 'matter-ota',
    signed: 'no',
    parts: parts.filter(({ length }) => length > 0),
    sums: { title: text('digest of the payload', 'Digest der Nutzlast'), mend: mendDigest },
    forgeries: [
      ...number(bytes, 'older-version', TAGS.version, header.version - 1, header.version),
      ...number(bytes, 'other-hardware', TAGS.product, header.product ^ 1, header.product),
    ],
    limits: [
      text(
        'The file has no signature of its own: what devices verify is in the payload, and a set of that has to be made as well.',
        'Die Datei hat keine eigene Signatur: Was Geräte prüfen, liegt in der Nutzlast; auch daraus ist ein Satz zu machen.',
      ),
    ],
  }
}

function digestPart(bytes: Bytes): readonly Part[] {
  const found = digestAt(bytes)
  return found === undefined
    ? []
    : [
        {
          name: 'digest',
          title: text('digest of the payload', 'Digest der Nutzlast'),
          ...found,
          cover: 'checksum',
        },
      ]
}

function digestAt(bytes: Bytes): { readonly at: number; readonly length: number } | undefined {
  const header = parseMatterOta(bytes, 0)
  if (!header) return undefined
  const view = Buffer.from(bytes.view(FIXED, header.payloadAt - FIXED))
  const at = view.lastIndexOf(header.digest)
  return at < 0 ? undefined : { at: FIXED + at, length: header.digest.length }
}

function mendDigest(changed: Rope): Rope {
  const header = parseMatterOta(changed, 0)
  const place = digestAt(changed)
  const name = DIGESTS.find((one) => one === matterHash(header?.digestType ?? 0))
  if (!header || !place || !name || header.payloadAt + header.payloadBytes > changed.size) return changed
  const found = digestOf(changed, name, header.payloadAt, header.payloadBytes).subarray(0, place.length)
  return found.equals(Buffer.from(header.digest)) ? changed : changed.write(place.at, found)
}

/** A member with a number: its control byte says the width, then its tag. */
function number(
  bytes: Bytes,
  kind: 'older-version' | 'other-hardware',
  tag: number,
  to: number,
  from: number,
): readonly Forgery[] {
  const header = parseMatterOta(bytes, 0)
  if (!header || to < 0) return []
  const view = Buffer.from(bytes.view(FIXED, header.payloadAt - FIXED))
  for (const [form, width] of [
    [4, 1],
    [5, 2],
    [6, 4],
  ] as const) {
    const old = Buffer.concat([
      Buffer.of(CONTEXT | form, tag),
      unsigned(from, width === 1 ? 1 : width, 'little'),
    ])
    const at = from < 256 ** width ? view.indexOf(old) : -1
    if (at < 0) continue
    const say = kind === 'older-version' ? DONE.olderVersion : DONE.otherHardware
    return [
      {
        kind,
        title: say(String(from), String(to)),
        make: () => Rope.of(bytes).write(FIXED + at + 2, unsigned(to, width, 'little')),
      },
    ]
  }
  return []
}
