import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { type CapsulePayload, parseCapsuleHeader, parseFmpCapsule } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { resignCms, valueInCms } from '../signing/cms.ts'
import { unsigned } from './numbers.ts'

/** PKCS #7 signed data without its ContentInfo, as UEFI keeps it; UEFI 2.10, section 23.1. */
const CERTIFICATE_HEADER = 24
const COUNT = 8
const PAYLOAD_VERSION_AT = 8
const TYPE_AT = 4

/** Capsules for the Firmware Management Protocol: payloads, each with a signature in front. */
export function capsuleAnatomy(bytes: Bytes): Anatomy | undefined {
  const header = parseCapsuleHeader(bytes, 0)
  const content = header && header.size <= bytes.size ? parseFmpCapsule(bytes, 0) : undefined
  const payloads = (content?.payloads ?? []).flatMap((one) => one ?? [])
  const [payload] = payloads
  if (!payload) return undefined
  const isSigned = payloads.some(({ authentication }) => authentication !== undefined)
  return {
    format: 'uefi-capsule',
    signed: isSigned ? 'yes' : 'no',
    parts: payloads.flatMap((one, index) => partsOf(bytes, one, index === 0 ? '' : `-${index + 1}`)),
    forgeries: payload.authentication ? ofPayload(bytes, payload) : [],
    limits: [],
  }
}

function partsOf(bytes: Bytes, payload: CapsulePayload, suffix: string): readonly Part[] {
  const { authentication, header, firmware, vendorCode } = payload
  const cover = authentication ? 'signed' : 'unsigned'
  const flipAt = authentication && valueInCms(infoOf(bytes, payload))
  return [
    ...(authentication
      ? [
          {
            name: `signature${suffix}`,
            title: text('signature of the payload', 'Signatur der Nutzlast'),
            at: authentication.signature.at,
            length: authentication.signature.length,
            cover: 'signature',
            ...(flipAt === undefined
              ? {}
              : { flipAt: flipAt - (infoOf(bytes, payload).length - authentication.signature.length) }),
          } as const,
        ]
      : []),
    ...(header
      ? [
          {
            name: `payload-header${suffix}`,
            title: text('header of the payload', 'Header der Nutzlast'),
            at: header.at,
            length: header.length,
            cover,
            flipAt: PAYLOAD_VERSION_AT,
          } as const,
        ]
      : []),
    {
      name: `firmware${suffix}`,
      title: text('firmware', 'Firmware'),
      at: firmware.at,
      length: firmware.length,
      cover,
    } as const,
    ...(vendorCode
      ? [
          {
            name: `vendor-code${suffix}`,
            title: text('code of the vendor', 'Code des Herstellers'),
            at: vendorCode.at,
            length: vendorCode.length,
            cover: 'unsigned',
          } as const,
        ]
      : []),
  ].filter(({ length }) => length > 0)
}

/** The structure with the ContentInfo that UEFI leaves out, where it does. */
function infoOf(bytes: Bytes, { authentication }: CapsulePayload): Uint8Array {
  const { at = 0, length = 0 } = authentication?.signature ?? {}
  return Buffer.from(bytes.view(at, length))
}

function ofPayload(bytes: Bytes, payload: CapsulePayload): readonly Forgery[] {
  const { header, type } = payload
  return [
    {
      kind: 'foreign-key',
      title: DONE.foreignKey,
      make: (hands) => signedWith(Rope.of(bytes), payload, 'foreign', hands),
    },
    ...(header && header.version > 0
      ? [
          {
            kind: 'older-version',
            title: DONE.olderVersion(String(header.version), String(header.version - 1)),
            make(hands: Hands) {
              const rope = Rope.of(bytes).write(
                header.at + PAYLOAD_VERSION_AT,
                unsigned(header.version - 1, 4, 'little'),
              )
              return hands.own ? signedWith(rope, payload, 'own', hands) : rope
            },
          } as const,
        ]
      : []),
    {
      kind: 'other-hardware',
      title: text(
        `The type of the firmware is another one than ${type}.`,
        `Die Art der Firmware ist eine andere als ${type}.`,
      ),
      judge: text(
        'The type is not under the signature: a device has to leave a payload alone whose type is none of its own.',
        'Die Art steht nicht unter der Signatur: Ein Gerät muss eine Nutzlast liegen lassen, deren Art keine der seinen ist.',
      ),
      make: () => Rope.of(bytes).flip(typeAt(bytes, payload)),
    },
  ]
}

/** Of the header in front of the image, which is not signed. */
function typeAt(bytes: Bytes, { image }: CapsulePayload): number {
  for (const size of [48, 40, 32]) {
    const at = image.at - size
    const version = Buffer.from(bytes.view(at, 4)).readUInt32LE()
    if (version === { 32: 1, 40: 2, 48: 3 }[size]) return at + TYPE_AT
  }
  throw new NotMade(OTHER)
}

/** The signature is over the payload and the count; it has to keep its length, because sizes in front of it say it. */
function signedWith(rope: Rope, payload: CapsulePayload, who: 'foreign' | 'own', hands: Hands): Rope {
  const { authentication, image } = payload
  if (!authentication) throw new NotMade(OTHER)
  const { at, length } = authentication.signature
  const from = at + length
  const message = Buffer.concat([
    rope.view(from, image.at + image.length - from),
    rope.view(at - CERTIFICATE_HEADER - COUNT, COUNT),
  ])
  const signed = resignCms(infoOf(rope.source, payload), { beside: memoryBytes(message) }, who, hands)
  if (signed.length !== length) throw new NotMade(OTHER)
  return rope.write(at, signed)
}

const OTHER = text(
  'The signature would get another length, or is of a kind that is not made here.',
  'Die Signatur bekäme eine andere Länge oder ist von einer Art, die hier nicht gebildet wird.',
)
