import type { Bytes } from '@messlatte/bytes'
import {
  parseZigbeeOta,
  type ZigbeeElement,
  type ZigbeeOtaHeader,
  zigbeeElementName,
  zigbeeElements,
} from '@messlatte/unpack'
import { aesMmo } from '../../update/zigbee-ota/aes-mmo.ts'
import { type Anatomy, type Forgery, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { unsigned } from './numbers.ts'
import { slugsOf } from './slugs.ts'

/** Zigbee Cluster Library Specification, section 11.4.2: tags of elements, and fields of the header. */
const SIGNATURES: ReadonlySet<number> = new Set([1, 5])
const CERTIFICATES: ReadonlySet<number> = new Set([2, 6])
const INTEGRITY = 3
const CODE = 16
const ELEMENT_HEADER = 6
const TYPE_AT = 12
const FILE_VERSION_AT = 14
const SIZE_AT = 52
const MOST_HASHED = 4 * 1024 * 1024
const MOST_ELEMENTS = 50

/** Files of Zigbee's over-the-air upgrade. */
export function zigbeeAnatomy(bytes: Bytes): Anatomy | undefined {
  const header = parseZigbeeOta(bytes, 0)
  if (!header || header.size > bytes.size) return undefined
  const elements = elementsOf(bytes, header)
  const signature = elements.find(({ tag }) => SIGNATURES.has(tag))
  return {
    format: 'zigbee-ota',
    signed: signature ? 'yes' : 'no',
    parts: partsOf(header, elements, signature),
    sums: { title: text('integrity code', 'Integritätscode'), mend: mendCode },
    forgeries: [...(signature ? [stripped(bytes, header, elements)] : []), ...ofHeader(bytes, header)],
    limits: [
      ...(signature
        ? [
            text(
              'Signatures on the curves of Zigbee (sect163k1, sect283k1) are not made here, so that no foreign key is tried.',
              'Signaturen auf den Kurven von Zigbee (sect163k1, sect283k1) werden hier nicht gebildet; ein fremder Schlüssel wird deshalb nicht versucht.',
            ),
          ]
        : []),
      text(
        'The image inside may have a signature of its own: make a set of it as well.',
        'Das Image darin kann eine eigene Signatur haben: Auch daraus ist ein Satz zu machen.',
      ),
    ],
  }
}

function elementsOf(bytes: Bytes, header: ZigbeeOtaHeader): readonly ZigbeeElement[] {
  return [...zigbeeElements(bytes, header.headerBytes, header.size)].slice(0, MOST_ELEMENTS)
}

function partsOf(
  { headerBytes, size }: ZigbeeOtaHeader,
  elements: readonly ZigbeeElement[],
  signature: ZigbeeElement | undefined,
): readonly Part[] {
  const slugs = slugsOf(elements.map(({ tag }) => zigbeeElementName(tag)))
  const cover = signature ? 'signed' : 'unsigned'
  const known = elements.map(({ tag, at, length }, index): Part => {
    const name = slugs[index] as string
    return {
      name,
      title: text(`element "${name}"`, `Element „${name}“`),
      at,
      length,
      cover:
        SIGNATURES.has(tag) || CERTIFICATES.has(tag) ? 'signature' : tag === INTEGRITY ? 'checksum' : cover,
    }
  })
  return [
    // In the title, which is for people.
    { name: 'header', title: text('header', 'Header'), at: 0, length: headerBytes, cover, flipAt: 20 },
    ...(known.length > 0
      ? known.filter(({ length }) => length > 0)
      : [
          {
            name: 'payload',
            title: text('payload', 'Nutzlast'),
            at: headerBytes,
            length: size - headerBytes,
            cover,
          } as const,
        ]),
  ]
}

function mendCode(changed: Rope): Rope {
  const header = parseZigbeeOta(changed, 0)
  const code = header && elementsOf(changed, header).find(({ tag }) => tag === INTEGRITY)
  const end = code && code.at - ELEMENT_HEADER
  if (!code || code.length !== CODE || end === undefined || end > MOST_HASHED) return changed
  const found = aesMmo(changed.view(0, end))
  return found.equals(Buffer.from(changed.view(code.at, CODE))) ? changed : changed.write(code.at, found)
}

function stripped(bytes: Bytes, header: ZigbeeOtaHeader, elements: readonly ZigbeeElement[]): Forgery {
  return {
    kind: 'stripped-signature',
    title: text('Signature and certificate are taken out.', 'Signatur und Zertifikat sind entfernt.'),
    make() {
      const gone = elements.filter(({ tag }) => SIGNATURES.has(tag) || CERTIFICATES.has(tag))
      let rope = Rope.of(bytes)
      for (const { at, length } of gone.toReversed())
        rope = rope.splice(at - ELEMENT_HEADER, ELEMENT_HEADER + length)
      const less = gone.reduce((sum, { length }) => sum + ELEMENT_HEADER + length, 0)
      return rope.write(SIZE_AT, unsigned(header.size - less, 4, 'little'))
    },
  }
}

function ofHeader(bytes: Bytes, { fileVersion, imageType }: ZigbeeOtaHeader): readonly Forgery[] {
  return [
    ...(fileVersion > 0
      ? [
          {
            kind: 'older-version',
            title: DONE.olderVersion(`0x${fileVersion.toString(16)}`, `0x${(fileVersion - 1).toString(16)}`),
            make: () => Rope.of(bytes).write(FILE_VERSION_AT, unsigned(fileVersion - 1, 4, 'little')),
          } as const,
        ]
      : []),
    {
      kind: 'other-hardware',
      title: DONE.otherHardware(`0x${imageType.toString(16)}`, `0x${(imageType ^ 1).toString(16)}`),
      make: () => Rope.of(bytes).write(TYPE_AT, unsigned(imageType ^ 1, 2, 'little')),
    },
  ]
}
