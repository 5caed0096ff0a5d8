import { createHash } from 'node:crypto'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import type { PacketFact } from '../../secure-boot/nordic/facts.ts'
import { parsePacket } from '../../secure-boot/nordic/packet.ts'
import { swapHalves } from '../../secure-boot/signatures/points.ts'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { signStretch } from '../signing/sign.ts'
import { varint } from './payload.ts'
import { slugsOf } from './slugs.ts'
import { contentIn, mendZip, replaceInZip, type ZipPart, zipArchive } from './zip.ts'

const MOST_PACKET = 4096
const MANIFEST = 'manifest.json'
/** Fields of InitCommand; nRF5 SDK 17.1, dfu-cc.proto. */
const FIELDS = { 'older-version': 1, 'other-hardware': 2 } as const
const ECDSA = 0
const ED25519 = 1
const SHA256 = 3

interface Pair {
  readonly packet: ZipPart
  readonly content: Buffer
  readonly said: PacketFact
  readonly firmware: ZipPart | undefined
}

/** Packages of Nordic's DFU: firmware, and an init packet with its hash, which may be signed. */
export function nordicAnatomy(bytes: Bytes): Anatomy | undefined {
  const archive = zipArchive(bytes)
  if (!archive?.parts.some(({ name }) => name === MANIFEST)) return undefined
  const pairs = pairsIn(bytes, archive.parts)
  if (pairs.length === 0) return undefined
  const isSigned = pairs.some(({ said }) => said.signature !== undefined)
  return {
    format: 'nordic-dfu',
    signed: isSigned ? 'yes' : 'no',
    parts: partsOf(bytes, archive.parts, pairs),
    sums: { title: text('CRC-32 sums of the archive', 'CRC-32-Summen des Archivs'), mend: mendZip },
    forgeries: pairs.flatMap((pair, index) => forgeriesOf(bytes, pair, index === 0 ? '' : String(index + 1))),
    limits: [],
  }
}

function pairsIn(bytes: Bytes, parts: readonly ZipPart[]): readonly Pair[] {
  return parts.flatMap((packet): readonly Pair[] => {
    if (packet.length > MOST_PACKET || !packet.name.endsWith('.dat')) return []
    try {
      const content = contentIn(bytes, packet)
      const said = parsePacket(content)
      const firmware = parts.find(({ name }) => name === packet.name.replace(/\.dat$/, '.bin'))
      return said ? [{ packet, content, said, firmware }] : []
    } catch (error) {
      if (error instanceof NotMade) return []
      throw error
    }
  })
}

function partsOf(bytes: Bytes, parts: readonly ZipPart[], pairs: readonly Pair[]): readonly Part[] {
  const slugs = slugsOf(parts.map(({ name }) => name))
  return parts.flatMap((part, index): readonly Part[] => {
    if (part.length === 0) return []
    const { name, at, length, method } = part
    const pair = pairs.find(({ packet, firmware }) => part === packet || part === firmware)
    const isSigned = pair?.said.signature !== undefined
    const flipAt =
      part === pair?.packet ? pair.content.indexOf(Buffer.from(pair.said.command, 'base64')) + 1 : undefined
    const plain: Part = {
      name: slugs[index] as string,
      title: text(name, name),
      at,
      length,
      cover: isSigned ? 'signed' : 'unsigned',
      // The manifest is for the tool that sends the parts.
      ...(pair ? {} : { used: false }),
    }
    if (method !== 0) return [{ ...plain, flipped: () => flippedInside(bytes, part, flipAt) }]
    return [flipAt === undefined ? plain : { ...plain, flipAt }]
  })
}

function flippedInside(bytes: Bytes, part: ZipPart, at: number | undefined): Rope {
  const content = contentIn(bytes, part)
  const place = at ?? Math.floor(content.length / 2)
  content[place] = (content[place] ?? 0) ^ 1
  return replaceInZip(Rope.of(bytes), part.name, content)
}

function forgeriesOf(bytes: Bytes, pair: Pair, suffix: string): readonly Forgery[] {
  const { said } = pair
  const named = (name: string) => [name, suffix].filter((one) => one !== '').join('-')
  const variant = suffix === '' ? {} : { variant: suffix }
  return [
    ...(said.signature
      ? ([
          {
            kind: 'stripped-signature',
            ...variant,
            title: text(
              'The init command is there without its signature.',
              'Der Init-Befehl ist da, ohne seine Signatur.',
            ),
            make: () => put(bytes, pair, unsignedPacket(said)),
          },
          {
            kind: 'foreign-key',
            ...variant,
            title: text(
              'The init command is signed again, with a throw-away key.',
              'Der Init-Befehl ist neu signiert, mit einem Wegwerfschlüssel.',
            ),
            make: (hands) => put(bytes, pair, signedPacket(pair.content, said, 'foreign', hands)),
          },
        ] satisfies readonly Forgery[])
      : []),
    ...correctedDigests(bytes, pair, variant),
    ...(['older-version', 'other-hardware'] as const).flatMap(
      (kind) => lower(bytes, pair, kind, named('')) ?? [],
    ),
  ]
}

function put(bytes: Bytes, { packet }: Pair, content: Uint8Array): Rope {
  return replaceInZip(Rope.of(bytes), packet.name, content)
}

/** Packet { command = 1: Command { op_code = 1: INIT, init = 2 } } */
function unsignedPacket({ command }: PacketFact): Buffer {
  const init = Buffer.from(command, 'base64')
  return message(1, Buffer.concat([Buffer.of(0x08, 0x01), message(2, init)]))
}

function message(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content])
}

/** The signature is over the init command; ECDSA has both numbers little endian. */
function signedPacket(
  content: Buffer,
  { signature, command }: PacketFact,
  who: 'foreign' | 'own',
  hands: Hands,
): Buffer {
  const init = memoryBytes(Buffer.from(command, 'base64'))
  const old = Buffer.from(signature?.value ?? '', 'hex')
  const at = content.lastIndexOf(old)
  const isEcdsa = signature?.type === ECDSA
  if (old.length !== 64 || at < 0 || (!isEcdsa && signature?.type !== ED25519)) throw new NotMade(OTHER)
  const kind = isEcdsa ? ({ type: 'ec', curve: 'P-256' } as const) : ({ type: 'ed25519' } as const)
  const key = who === 'own' ? hands.own : hands.keys.keyFor('signer', kind)
  if (!key) throw new NotMade(OTHER)
  const value = isEcdsa
    ? swapHalves(signStretch({ kind: 'ecdsa', digest: 'sha256' }, key, init, 0, init.size, 'raw'))
    : signStretch({ kind: 'ed25519' }, key, init)
  const signed = Buffer.from(content)
  Buffer.from(value).copy(signed, at)
  return signed
}

const OTHER = text(
  'The signature is of a kind that is not made here.',
  'Die Signatur ist von einer Art, die hier nicht gebildet wird.',
)

function correctedDigests(
  bytes: Bytes,
  pair: Pair,
  variant: { readonly variant?: string },
): readonly Forgery[] {
  const { said, firmware, content } = pair
  if (!firmware || said.hashType !== SHA256) return []
  return [
    {
      kind: 'corrected-digests',
      ...variant,
      title: both(
        text(
          `One bit is flipped in ${firmware.name}, and its SHA-256 in the init packet is computed again.`,
          `Ein Bit ist in ${firmware.name} gekippt, sein SHA-256 im Init-Paket neu berechnet.`,
        ),
        DONE.signatureKept,
      ),
      make() {
        const changed = contentIn(bytes, firmware)
        const middle = Math.floor(changed.length / 2)
        changed[middle] = (changed[middle] ?? 0) ^ 1
        const at = content.indexOf(Buffer.from(said.hash, 'hex').reverse())
        if (at < 0) throw new NotMade(OTHER)
        const packet = Buffer.from(content)
        createHash('sha256').update(changed).digest().reverse().copy(packet, at)
        return replaceInZip(put(bytes, pair, packet), firmware.name, changed)
      },
    },
  ]
}

/** A number of the init command that is one less, where it keeps its length. */
function lower(
  bytes: Bytes,
  pair: Pair,
  kind: 'older-version' | 'other-hardware',
  variant: string,
): Forgery | undefined {
  const { said, content } = pair
  const value = kind === 'older-version' ? said.firmwareVersion : said.hardwareVersion
  const command = Buffer.from(said.command, 'base64')
  if (value === undefined || value < 1) return undefined
  const old = Buffer.concat([varint(FIELDS[kind] * 8), varint(value)])
  const put1 = Buffer.concat([varint(FIELDS[kind] * 8), varint(value - 1)])
  const [start, inside] = [content.indexOf(command), command.indexOf(old)]
  if (start < 0 || inside < 0 || old.length !== put1.length) return undefined
  const say = kind === 'older-version' ? DONE.olderVersion : DONE.otherHardware
  return {
    kind,
    ...(variant === '' ? {} : { variant }),
    title: say(String(value), String(value - 1)),
    make(hands) {
      const packet = Buffer.from(content)
      put1.copy(packet, start + inside)
      const again = hands.own && parsePacket(packet)
      return put(bytes, pair, again ? signedPacket(packet, again, 'own', hands) : packet)
    },
  }
}
